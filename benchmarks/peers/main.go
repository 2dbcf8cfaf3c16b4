// Reads the bodies of a folder with the parsers of others, slice by slice as asked for on standard input:
//
//	names                     the parsers
//	tally PARSER INPUT        samples, bytes of names and labels, and sum of values of the first scrape
//	slice PARSER INPUT NANOS  bytes read, CPU time of the whole process in nanoseconds, bytes allocated by a scrape
//
// One answer a line. GOMAXPROCS=1, so that the garbage collector's work is in the time.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// What a caller has reached: every sample, its name and labels, its value.
type tally struct {
	samples, text int
	sum           float64
}

func main() {
	runtime.GOMAXPROCS(1)
	inputs := map[string][][]byte{}
	readers := map[string]parser{}
	for _, name := range names {
		readers[name] = parsers[name]()
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		fmt.Println(answer(readers, inputs, strings.Fields(in.Text())))
	}
}

func answer(readers map[string]parser, inputs map[string][][]byte, words []string) string {
	if words[0] == "names" {
		return strings.Join(names, " ")
	}
	read, scrapes := readers[words[1]], load(inputs, words[2])
	if words[0] == "tally" {
		var found tally
		if err := read(scrapes[0], &found); err != nil {
			return "error " + err.Error()
		}
		return fmt.Sprintf("%d %d %v", found.samples, found.text, found.sum)
	}
	nanos, _ := strconv.ParseInt(words[3], 10, 64)
	return slice(read, scrapes, nanos)
}

func slice(read parser, scrapes [][]byte, nanos int64) string {
	var found tally
	bytes, count := 0, uint64(0)
	before := allocated()
	start := cpuNanos()
	for cpuNanos()-start < nanos {
		for _, body := range scrapes {
			if err := read(body, &found); err != nil {
				return "error " + err.Error()
			}
			bytes += len(body)
			count++
		}
	}
	used := cpuNanos() - start
	return fmt.Sprintf("%d %d %d", bytes, used, (allocated()-before)/count)
}

func allocated() uint64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.TotalAlloc
}

// The time of all threads, in user and in kernel mode.
func cpuNanos() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// Every body ends in the mark of OpenMetrics, a comment to all others, so that each parser can read it.
func load(inputs map[string][][]byte, input string) [][]byte {
	if inputs[input] == nil {
		files, _ := filepath.Glob(filepath.Join(os.Args[1], input, "*"))
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				panic(err)
			}
			if !strings.HasSuffix(text(body), "# EOF\n") {
				body = append(body, "# EOF\n"...)
			}
			inputs[input] = append(inputs[input], body)
		}
	}
	return inputs[input]
}

// The same bytes as a string, without a copy.
func text(body []byte) string {
	return unsafe.String(unsafe.SliceData(body), len(body))
}
