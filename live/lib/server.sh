# What live/vllm, live/sglang and live/llamacpp have in common. They set `name`, `title`, `port` and `release` (of which
# the folder of the installation is named), define `build` (fills the folder $engine) and `serve` (becomes the server),
# and source this with their arguments.
set -euo pipefail

home=$(realpath -m "${INFERENCE_METRICS_LIVE:-${XDG_CACHE_HOME:-$HOME/.cache}/inference-metrics-live}")
engine=$home/$release
complete=$engine.complete # written last, so that an interrupted installation is never taken for a whole one
state=$home/run/$name     # the server's working folder, by which its processes are known
url=http://127.0.0.1:$port

say() { echo "live $name: $*"; }
die() { say "$@" >&2; exit 1; }

python312() { # a Python 3.12 that really runs: a version manager's stand-in may not
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.12 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.12*/bin/python; do
        if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 12))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
        [ "$candidate" != "${PYTHON:-}" ] || die "PYTHON=$PYTHON is not a Python 3.12 that runs"
    done
    die "there is no Python 3.12 that runs; install one, or name it with PYTHON="
}

python() { "$engine/bin/python" "$@"; }
pip() { python -m pip --no-cache-dir --disable-pip-version-check --no-input "$@"; }

install() (
    [ ! -e "$complete" ] || exit 0
    mkdir -p "$home"
    exec 9>"$home/$name.lock"
    flock 9 # two installations at once would undo each other
    [ ! -e "$complete" ] || exit 0
    python=$(python312)
    say "installing $title into $engine, once; the log is $engine.log"
    rm -rf "$engine"
    trap 'rm -rf "$engine"; say "installing $title failed: $(tail -n 1 "$engine.log")" >&2' EXIT
    trap 'echo interrupted >>"$engine.log"; exit 1' INT TERM
    "$python" -m venv "$engine" >"$engine.log" 2>&1
    mkdir "$engine/tmp"
    export TMPDIR=$engine/tmp PIP_PROGRESS_BAR=off
    build >>"$engine.log" 2>&1
    rm -rf "$TMPDIR"
    touch "$complete"
    trap - EXIT
)

members() { # the server's processes: of its session, in its folder, for a number may since be another program's
    local session process
    session=$(cat "$state/pid" 2>/dev/null) || return 0
    for process in $(pgrep -s "$session"); do
        if [ "$(readlink "/proc/$process/cwd")" = "$state" ]; then echo "$process"; fi
    done
}

shared_memory() { # the files in /dev/shm that the server has mapped, some of which it leaves behind
    local process
    for process in $(members); do
        grep -o '/dev/shm/[^ ]*' "/proc/$process/maps" 2>/dev/null || true
    done | sort -u
}

healthy() { [ "$(curl -s --noproxy '*' -o /dev/null -m 5 -w '%{http_code}' "$url/health")" = 200 ]; }
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

up() {
    local limit=${LIVE_START_SECONDS:-600} started
    [ -z "$(members)" ] || die "is already running at $url"
    ! taken || die "port $port is taken by another program"
    install
    tidy
    mkdir -p "$state/home"
    mktemp -d >"$state/tmp" # not below our folder, for the paths of sockets have to be short
    trap 'down >/dev/null' EXIT
    trap 'exit 1' INT TERM
    started=$SECONDS
    setsid "$0" serve "$@" </dev/null >"$state/log" 2>&1 &
    until healthy; do
        kill -0 $! 2>/dev/null || { tail -n 20 "$state/log" >&2; die "ended while it started; its log is $state/log"; }
        [ $((SECONDS - started)) -lt "$limit" ] || die "does not answer after $limit s; its log is $state/log"
        sleep 1
    done
    shared_memory >"$state/shared-memory"
    trap - EXIT INT TERM
    say "$title is up after $((SECONDS - started)) s at $url; its log is $state/log"
}

run() { # becomes the server, which writes only to its folder and talks only to this machine
    cd "$state"
    echo $$ >pid
    unset XDG_CACHE_HOME XDG_CONFIG_HOME http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
    export HOME=$state/home no_proxy='*' GLOO_SOCKET_IFNAME=lo
    TMPDIR=$(cat tmp) && export TMPDIR
    export HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 DO_NOT_TRACK=1 PYTHONDONTWRITEBYTECODE=1
    export OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
    serve "$@"
}

down() {
    local session left second
    if [ -z "$(members)" ]; then
        tidy
        say "is not running"
        return
    fi
    session=$(cat "$state/pid")
    shared_memory >>"$state/shared-memory"
    kill -TERM "$session" 2>/dev/null || true # the leader alone, that it may end the others in order
    for second in $(seq 30); do
        [ -n "$(members)" ] || break
        [ "$second" != 10 ] || kill -TERM -- "-$session" 2>/dev/null || true
        sleep 1
    done
    left=$(members)
    [ -z "$left" ] || kill -KILL $left 2>/dev/null || true
    until [ -z "$(members)" ]; do sleep 0.2; done
    tidy
    say "is down"
}

tidy() { # removes what a server that has ended left behind; the log stays
    if [ -e "$state/shared-memory" ]; then xargs -r rm -f <"$state/shared-memory"; fi
    if [ -e "$state/tmp" ]; then rm -rf "$(cat "$state/tmp")"; fi
    rm -rf "$state"/{pid,tmp,shared-memory,home}
}

load() { # streaming clients that count what they receive
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$here/src/test/java/io/inferencemetrics/live/Load.java" "$url" "$@"
}

case ${1:-} in
    install) install ;;
    up) shift; up "$@" ;;
    serve) shift; run "$@" ;;
    load) shift; load "$@" ;;
    down) down ;;
    *) echo "usage: live/$name up [ENGINE ARGUMENT ...] | load [SECONDS [CLIENTS [SHARE_THAT_HANGS_UP]]] | down | install" >&2; exit 2 ;;
esac
