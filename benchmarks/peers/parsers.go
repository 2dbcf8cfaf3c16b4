package main

import (
	"bytes"
	"errors"
	"io"

	victoria "github.com/VictoriaMetrics/VictoriaMetrics/lib/protoparser/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// Reads one body.
type parser func(body []byte, found *tally) error

// "VictoriaMetrics-again" is the control: it differs from VictoriaMetrics by noise alone.
var names = []string{
	"VictoriaMetrics", "VictoriaMetrics-again", "Prometheus-PromParser", "Prometheus-OpenMetricsParser", "Prometheus-expfmt",
}

var parsers = map[string]func() parser{
	"VictoriaMetrics":              victoriaMetrics,
	"VictoriaMetrics-again":        victoriaMetrics,
	"Prometheus-PromParser":        promParser,
	"Prometheus-OpenMetricsParser": openMetricsParser,
	"Prometheus-expfmt":            textToFamilies,
}

func victoriaMetrics() parser {
	var rows victoria.Rows
	return func(body []byte, found *tally) error {
		bad := 0
		rows.UnmarshalWithErrLogger(text(body), func(string) { bad++ })
		for i := range rows.Rows {
			row := &rows.Rows[i]
			found.text += len(row.Metric)
			for j := range row.Tags {
				found.text += len(row.Tags[j].Key) + len(row.Tags[j].Value)
			}
			found.sum += row.Value
		}
		found.samples += len(rows.Rows)
		if bad > 0 {
			return errors.New("a line was skipped")
		}
		return nil
	}
}

func promParser() parser {
	symbols := labels.NewSymbolTable()
	return func(body []byte, found *tally) error {
		return readAll(textparse.NewPromParser(body, symbols, false), found)
	}
}

func openMetricsParser() parser {
	symbols := labels.NewSymbolTable()
	return func(body []byte, found *tally) error {
		return readAll(textparse.NewOpenMetricsParser(body, symbols), found)
	}
}

func readAll(p textparse.Parser, found *tally) error {
	var series labels.Labels
	for {
		entry, err := p.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry != textparse.EntrySeries {
			continue
		}
		_, _, value := p.Series()
		p.Labels(&series)
		series.Range(func(l labels.Label) {
			if l.Name != labels.MetricName {
				found.text += len(l.Name)
			}
			found.text += len(l.Value)
		})
		found.samples++
		found.sum += value
	}
}

func textToFamilies() parser {
	return func(body []byte, found *tally) error {
		text := expfmt.NewTextParser(model.UTF8Validation)
		families, err := text.TextToMetricFamilies(bytes.NewReader(body))
		for name, family := range families {
			for _, metric := range family.Metric {
				found.text += len(name)
				for _, label := range metric.Label {
					found.text += len(label.GetName()) + len(label.GetValue())
				}
				metricValues(metric, found)
			}
		}
		return err
	}
}

// One value each but for histograms and summaries, whose bounds have become numbers.
func metricValues(metric *dto.Metric, found *tally) {
	if histogram := metric.Histogram; histogram != nil {
		for _, bucket := range histogram.Bucket {
			found.sum += float64(bucket.GetCumulativeCount())
		}
		found.samples += len(histogram.Bucket) + 2
		found.sum += float64(histogram.GetSampleCount()) + histogram.GetSampleSum()
		return
	}
	if summary := metric.Summary; summary != nil {
		for _, quantile := range summary.Quantile {
			found.sum += quantile.GetValue()
		}
		found.samples += len(summary.Quantile) + 2
		found.sum += float64(summary.GetSampleCount()) + summary.GetSampleSum()
		return
	}
	found.samples++
	found.sum += metric.GetCounter().GetValue() + metric.GetGauge().GetValue() + metric.GetUntyped().GetValue()
}
