/*
 * A libnvidia-ml.so.1 of our own, for tests: no driver, answers from a script. Written from the documented signatures and
 * layouts; the assertions below hold the layouts to the sizes that the real library has on 64-bit systems.
 *
 * The script is the file beside this library (libnvidia-ml.so.1.script):
 * lines "devices N", "FUNCTION STATUS" (every call of it ends so), "FUNCTION slow MILLIS", "mig 1" (the second device is split in
 * three, of which two share a GPU instance) and "xid CODE" or "xid CODE INSTANCE" (an event of the second device, told to each set
 * that was made before the line was). It is read anew by each call.
 *
 * -DOLD_DRIVER leaves out what drivers before 510 lack.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned int u32;
typedef unsigned long long u64;

typedef struct { u32 gpu, memory; } utilization_t;
typedef struct { u64 total, free, used; } memory_t;
typedef struct { u32 version; u64 total, reserved, free, used; } memory_v2_t;
typedef struct { char legacy[16]; u32 domain, bus, device, id, subsystem; char bus_id[32]; } pci_t;
typedef struct { u32 pid; u64 memory; u32 gpu_instance, compute_instance; } process_t;
typedef struct { u32 version, sensor; int temperature; } temperature_t;
typedef struct { u32 version; int margin; } margin_t;
typedef union { double d; u32 ui; unsigned long ul; u64 ull; long long sll; int si; unsigned short us; } value_t;
typedef struct { u32 id, scope; long long timestamp, latency; u32 type, status; value_t value; } field_t;
typedef struct { u64 timestamp; value_t value; } sample_t;

_Static_assert(sizeof(utilization_t) == 8, "nvmlUtilization_t");
_Static_assert(sizeof(memory_t) == 24, "nvmlMemory_t");
_Static_assert(sizeof(memory_v2_t) == 40 && offsetof(memory_v2_t, used) == 32, "nvmlMemory_v2_t");
_Static_assert(sizeof(pci_t) == 68 && offsetof(pci_t, bus_id) == 36, "nvmlPciInfo_t");
_Static_assert(sizeof(process_t) == 24 && offsetof(process_t, compute_instance) == 20, "nvmlProcessInfo_v2_t");
_Static_assert(sizeof(temperature_t) == 12, "nvmlTemperature_v1_t");
_Static_assert(sizeof(margin_t) == 8, "nvmlMarginTemperature_v1_t");
_Static_assert(sizeof(field_t) == 40 && offsetof(field_t, status) == 28 && offsetof(field_t, value) == 32, "nvmlFieldValue_t");
typedef struct { u32 version, supported; } gpm_support_t;
typedef struct { u32 id, status; double value; char *names[3]; } gpm_metric_t;
typedef struct { u32 version, count; void *earlier, *later; gpm_metric_t metrics[333]; } gpm_get_t;
_Static_assert(sizeof(gpm_support_t) == 8, "nvmlGpmSupport_t");
_Static_assert(sizeof(gpm_metric_t) == 40 && offsetof(gpm_metric_t, value) == 8, "nvmlGpmMetric_t");
_Static_assert(sizeof(gpm_get_t) == 13344 && offsetof(gpm_get_t, metrics) == 24, "nvmlGpmMetricsGet_t");
_Static_assert(sizeof(sample_t) == 16, "nvmlSample_t");

typedef struct { void *device; u64 type, data; u32 gpu_instance, compute_instance; } event_t;
typedef struct { u32 pid; u64 timestamp; u32 sm, memory, encoder, decoder; } process_use_t;
_Static_assert(sizeof(event_t) == 32 && offsetof(event_t, gpu_instance) == 24, "nvmlEventData_t");
_Static_assert(sizeof(process_use_t) == 32 && offsetof(process_use_t, sm) == 16, "nvmlProcessUtilizationSample_t");

static int devices = 2;
static int mig;
static int xids;
static u64 xid_codes[16];
static u32 xid_instances[16];

/* What the script says about a function; sleeps where it is to be slow. */
static int scripted(const char *function) {
    Dl_info self;
    char path[4096], line[256], word[64];
    int status = 0, number;
    u32 code, instance;
    devices = 2;
    mig = 0;
    xids = 0;
    if (!dladdr((void *) scripted, &self)) {
        return 999;
    }
    snprintf(path, sizeof path, "%s.script", self.dli_fname);
    FILE *script = fopen(path, "r");
    if (!script) {
        return 0;
    }
    while (fgets(line, sizeof line, script)) {
        if (sscanf(line, "%63s slow %d", word, &number) == 2 && !strcmp(word, function)) {
            struct timespec pause = {number / 1000, (number % 1000) * 1000000L};
            nanosleep(&pause, NULL);
        } else if ((number = sscanf(line, "xid %u %u", &code, &instance)) > 0 && xids < 16) {
            xid_codes[xids] = code;
            xid_instances[xids++] = number == 2 ? instance : 0xffffffffu;
        } else if (sscanf(line, "%63s %d", word, &number) == 2) {
            if (!strcmp(word, "devices")) {
                devices = number;
            } else if (!strcmp(word, "mig")) {
                mig = number;
            } else if (!strcmp(word, function)) {
                status = number;
            }
        }
    }
    fclose(script);
    return status;
}

#define ENTER int status = scripted(__func__); if (status) { return status; }
#define NEED_VERSION(s, v) if ((s)->version != (v)) { return 25; }

static u32 of(void *device) { return (u32) (size_t) device & 0xf; }

/* Parts of the second device: three in seven places. */
static const u32 gpu_instances[] = {1, 1, 5};
static int is_part(void *device) { return (size_t) device >> 9 & 1; }
static u32 part(void *device) { return (size_t) device >> 4 & 0xf; }
static int is_split(void *device) { return mig && (is_part(device) || of(device) == 1); }
#define NOT_SPLIT(d) if (is_split(d)) { return 3; }
#define NO_PART(d) if (is_part(d)) { return 3; }
static int text(char *to, u32 length, const char *what) {
    if (strlen(what) >= length) { return 7; }
    strcpy(to, what);
    return 0;
}

int nvmlInit_v2(void) { ENTER return 0; }
int nvmlShutdown(void) { ENTER return 0; }
int nvmlSystemGetDriverVersion(char *to, u32 length) { ENTER return text(to, length, "570.86.15"); }
int nvmlSystemGetCudaDriverVersion_v2(int *v) { ENTER *v = 12080; return 0; }
int nvmlSystemGetProcessName(u32 pid, char *to, u32 length) {
    ENTER
    return pid == 4000000000u ? text(to, length, "python3 -m vllm") : 6;
}
int nvmlDeviceGetCount_v2(u32 *count) { ENTER *count = devices; return 0; }
int nvmlDeviceGetHandleByIndex_v2(u32 index, void **device) {
    ENTER
    if (index >= (u32) devices) { return 2; }
    *device = (void *) (size_t) (0x7fff00000010ull + index); /* more than 32 bits, as real handles */
    return 0;
}
int nvmlDeviceGetName(void *d, char *to, u32 length) {
    ENTER
    return text(to, length, !is_part(d) ? (of(d) ? "Stub B" : "Stub A") : part(d) == 2 ? "Stub B MIG 3g.40gb" : "Stub B MIG 1c.2g.20gb");
}
int nvmlDeviceGetUUID(void *d, char *to, u32 length) {
    ENTER
    char own[] = "MIG-stub-0";
    own[9] += part(d);
    return text(to, length, is_part(d) ? own : of(d) ? "GPU-stub-b" : "GPU-stub-a");
}
int nvmlDeviceGetPciInfo_v3(void *d, pci_t *pci) {
    ENTER
    memset(pci, 0, sizeof *pci);
    snprintf(pci->bus_id, sizeof pci->bus_id, "00000000:%02X:00.0", 16 + of(d));
    return 0;
}
int nvmlDeviceGetArchitecture(void *d, u32 *out) { ENTER *out = 9; return 0; }
int nvmlDeviceGetUtilizationRates(void *d, utilization_t *u) { ENTER NOT_SPLIT(d) u->gpu = 70 + of(d); u->memory = 20; return 0; }
int nvmlDeviceGetMemoryInfo(void *d, memory_t *m) {
    ENTER
    m->total = 85899345920ull; m->free = 60000000000ull; m->used = m->total - m->free;
    return 0;
}
int nvmlDeviceGetTemperature(void *d, int sensor, u32 *out) { ENTER *out = 44 + of(d); return sensor ? 2 : 0; }
int nvmlDeviceGetTemperatureThreshold(void *d, int type, u32 *out) { ENTER *out = 90 + type; return type > 3 ? 2 : 0; }
int nvmlDeviceGetPowerUsage(void *d, u32 *out) { ENTER NO_PART(d) *out = 311500 + of(d); return 0; }
int nvmlDeviceGetEnforcedPowerLimit(void *d, u32 *out) { ENTER *out = 4000000000u; return 0; }
int nvmlDeviceGetPowerManagementLimitConstraints(void *d, u32 *lo, u32 *hi) { ENTER *lo = 200000; *hi = 700000; return 0; }
int nvmlDeviceGetTotalEnergyConsumption(void *d, u64 *out) { ENTER NO_PART(d) *out = 0x123456789abcull + of(d); return 0; }
int nvmlDeviceGetClockInfo(void *d, int type, u32 *out) { ENTER *out = 1000 + type; return 0; }
int nvmlDeviceGetMaxClockInfo(void *d, int type, u32 *out) { ENTER *out = 2000 + type; return 0; }
int nvmlDeviceGetCurrentClocksThrottleReasons(void *d, u64 *out) { ENTER *out = 0x4; return 0; }
int nvmlDeviceGetPerformanceState(void *d, int *out) { ENTER *out = 2; return 0; }
int nvmlDeviceGetNumFans(void *d, u32 *out) { ENTER *out = 2; return 0; }
int nvmlDeviceGetFanSpeed_v2(void *d, u32 fan, u32 *out) { ENTER *out = 30 + fan; return 0; }
int nvmlDeviceGetEncoderUtilization(void *d, u32 *out, u32 *period) { ENTER NOT_SPLIT(d) *out = 5; *period = 167000; return 0; }
int nvmlDeviceGetDecoderUtilization(void *d, u32 *out, u32 *period) { ENTER NOT_SPLIT(d) *out = 6; *period = 167000; return 0; }
int nvmlDeviceGetCurrPcieLinkGeneration(void *d, u32 *out) { ENTER *out = 4; return 0; }
int nvmlDeviceGetMaxPcieLinkGeneration(void *d, u32 *out) { ENTER *out = 5; return 0; }
int nvmlDeviceGetCurrPcieLinkWidth(void *d, u32 *out) { ENTER *out = 8; return 0; }
int nvmlDeviceGetMaxPcieLinkWidth(void *d, u32 *out) { ENTER *out = 16; return 0; }
int nvmlDeviceGetPcieReplayCounter(void *d, u32 *out) { ENTER *out = 7; return 0; }
int nvmlDeviceGetTotalEccErrors(void *d, int type, int counter, u64 *out) { ENTER *out = 10 * type + counter; return 0; }
int nvmlDeviceGetFieldValues(void *d, int count, field_t *f) {
    ENTER
    for (int i = 0; i < count; i++) {
        f[i].status = 0;
        f[i].type = 3;
        f[i].value.ull = f[i].id * 1000ull;
        if (f[i].id == 82) { f[i].type = 1; f[i].value.ui = 61; }
        if (f[i].id == 31) { f[i].type = 5; f[i].value.si = -3; }
        if (f[i].id == 29) { f[i].type = 0; f[i].value.d = 1.5; }
        if (f[i].scope < 36) { f[i].value.ull += f[i].scope; }
        if (f[i].id == 202 || f[i].id == 204) { f[i].status = 3; }
        if (f[i].id == 76) { f[i].status = 3; }
    }
    return 0;
}
int nvmlDeviceGetNvLinkState(void *d, u32 link, int *out) { ENTER *out = link != 1; return link < 4 ? 0 : 2; }
int nvmlDeviceGetSamples(void *d, int type, u64 since, int *value_type, u32 *count, sample_t *s) {
    ENTER
    NOT_SPLIT(d)
    u64 first = since ? since : 1700000000000000ull;
    if (*count < 3) { return 7; }
    *value_type = 1;
    *count = 3;
    for (int i = 0; i < 3; i++) {
        s[i].timestamp = first + (i + 1) * 200000ull;
        s[i].value.ull = 0;
        s[i].value.ui = 50 * type;
    }
    return 0;
}
int nvmlDeviceGetComputeRunningProcesses_v3(void *d, u32 *count, process_t *p) {
    ENTER
    if (*count < 2) { *count = 2; return 7; }
    if (is_part(d)) {
        *count = 1;
        p[0] = (process_t) {100 + part(d), 1000ull * (1 + part(d)), gpu_instances[part(d)], part(d) == 1};
        return 0;
    }
    *count = 2;
    p[0] = (process_t) {4000000000u, 50000000000ull, 0xffffffffu, 0xffffffffu};
    p[1] = (process_t) {12, 0xffffffffffffffffull, 0xffffffffu, 0xffffffffu};
    return 0;
}
int nvmlDeviceGetProcessUtilization(void *d, process_use_t *p, u32 *count, u64 since) {
    ENTER
    NOT_SPLIT(d)
    if (*count < 4) { *count = 4; return 7; }
    if (since > 1700000002000000ull) { return 6; }
    *count = 4;
    p[0] = (process_use_t) {4000000000u, since + 1700000002000000ull, 66, 21, 1, 2};
    p[1] = (process_use_t) {4000000000u, since + 1700000001000000ull, 33, 11, 0, 0};
    p[2] = (process_use_t) {12, since + 1700000001500000ull, 100, 0, 0, 0};
    p[3] = (process_use_t) {13, since + 1700000001500000ull, 4000000000u, 0, 0, 0};
    return 0;
}
int nvmlDeviceGetPcieThroughput(void *d, int counter, u32 *out) { ENTER *out = 1000 * (counter + 1) + of(d); return 0; }
int nvmlDeviceGetNvLinkErrorCounter(void *d, u32 link, int counter, u64 *out) { ENTER *out = 100 * link + counter; return 0; }
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *d, u32 *count, process_t *p) { ENTER *count = 0; return 0; }

#ifndef OLD_DRIVER
int nvmlDeviceGetMPSComputeRunningProcesses_v3(void *d, u32 *count, process_t *p) { ENTER *count = 0; return 0; }
int nvmlDeviceGetMemoryInfo_v2(void *d, memory_v2_t *m) {
    ENTER
    NEED_VERSION(m, 0x02000028)
    if (is_part(d)) {
        u64 own = part(d) == 2 ? 40000000000ull : 20000000000ull;
        *m = (memory_v2_t) {m->version, own, 1000, own - 1000 - gpu_instances[part(d)], gpu_instances[part(d)]};
        return 0;
    }
    m->total = 85899345920ull; m->reserved = 500000000ull; m->free = 60000000000ull; m->used = m->total - m->free - m->reserved;
    return 0;
}
int nvmlDeviceGetTemperatureV(void *d, temperature_t *t) {
    ENTER
    NEED_VERSION(t, 0x0100000c)
    if (t->sensor) { return 2; }
    t->temperature = 54 + of(d);
    return 0;
}
int nvmlDeviceGetMarginTemperature(void *d, margin_t *m) { ENTER NEED_VERSION(m, 0x01000008) m->margin = -2; return 0; }
int nvmlDeviceGetCurrentClocksEventReasons(void *d, u64 *out) { ENTER *out = 0x5; return 0; }
int nvmlDeviceGetRemappedRows(void *d, u32 *c, u32 *u, u32 *p, u32 *f) { ENTER *c = 3; *u = 2; *p = 1; *f = 0; return 0; }
int nvmlDeviceGetMigMode(void *d, u32 *now, u32 *next) { ENTER *now = of(d); *next = of(d); return 0; }
static const u32 places[] = {0, 1, 4};
int nvmlDeviceGetMaxMigDeviceCount(void *d, u32 *out) { ENTER *out = mig && of(d) ? 7 : 0; return 0; }
int nvmlDeviceGetMigDeviceHandleByIndex(void *d, u32 index, void **out) {
    ENTER
    for (u32 i = 0; mig && i < 3; i++) {
        if (places[i] == index) {
            *out = (void *) (size_t) (0x7fff00000200ull | i << 4 | of(d));
            return 0;
        }
    }
    return 6;
}
int nvmlDeviceGetGpuInstanceId(void *d, u32 *out) { ENTER if (!is_part(d)) { return 3; } *out = gpu_instances[part(d)]; return 0; }
int nvmlDeviceGetComputeInstanceId(void *d, u32 *out) { ENTER if (!is_part(d)) { return 3; } *out = part(d) == 1; return 0; }

typedef struct { int next; void *device; } events_t;
int nvmlEventSetCreate(events_t **out) {
    ENTER
    *out = calloc(1, sizeof(events_t));
    if (!*out) { return 20; }
    (*out)->next = xids;
    return 0;
}
int nvmlEventSetFree(events_t *set) { ENTER free(set); return 0; }
int nvmlDeviceRegisterEvents(void *d, u64 types, events_t *set) {
    ENTER
    if (types != 8) { return 3; }
    if (of(d) == 1) { set->device = d; }
    return 0;
}
int nvmlEventSetWait_v2(events_t *set, event_t *event, u32 timeout) {
    ENTER
    if (timeout) { return 2; }
    if (!set->device || set->next >= xids) { return 10; }
    *event = (event_t) {set->device, 8, xid_codes[set->next], xid_instances[set->next], 0xffffffffu};
    set->next++;
    return 0;
}
int nvmlGpmQueryDeviceSupport(void *d, gpm_support_t *s) { ENTER NEED_VERSION(s, 1) s->supported = 1; return 0; }
static u64 taken;
int nvmlGpmSampleAlloc(void **out) { ENTER *out = calloc(1, sizeof(u64)); return *out ? 0 : 20; }
int nvmlGpmSampleFree(void *sample) { ENTER free(sample); return 0; }
int nvmlGpmSampleGet(void *d, u64 *sample) { ENTER NO_PART(d) *sample = ++taken; return 0; }
int nvmlGpmMigSampleGet(void *d, u32 instance, u64 *sample) {
    ENTER
    if (is_part(d) || (instance != 1 && instance != 5)) { return 2; }
    *sample = ++taken; return 0; }
int nvmlGpmMetricsGet(gpm_get_t *get) {
    ENTER
    NEED_VERSION(get, 1)
    if (*(u64 *) get->later <= *(u64 *) get->earlier) { return 2; }
    for (u32 i = 0; i < get->count; i++) {
        get->metrics[i].status = get->metrics[i].id == 13 ? 3 : 0;
        get->metrics[i].value = get->metrics[i].id + 0.5;
    }
    return 0;
}
#endif
