package examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.json.SnapshotJson;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;

/** Writes a snapshot as JSON and reads it back, as one program does for another. */
public final class SnapshotToJson {
    private SnapshotToJson() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        String json = mapper.writeValueAsString(
                SnapshotJson.write(Collectors.forEngine("vllm").collect(arguments[0])));
        System.out.println(json);

        MetricsSnapshot back = SnapshotJson.read(mapper.readTree(json));
        System.out.println("waiting " + back.value(LlmMetrics.REQUESTS_WAITING));
    }
}
