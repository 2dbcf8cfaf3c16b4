#!/usr/bin/env bash
# Is the parser of one commit faster than that of another?
#   benchmarks/compare.sh BEFORE AFTER [ROUNDS [INPUT...]]
# Both are built in worktrees of their own, and measured by the benchmarks of the working tree.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -lt 2 ]; then
    echo "two commits are needed: benchmarks/compare.sh BEFORE AFTER [ROUNDS [INPUT...]]" >&2
    exit 2
fi
package="mvn -B -q -ntp package -am -DskipTests -Djacoco.skip -Dspotless.check.skip"
parser=metrics-prometheus-parser
# what the benchmarks of the working tree call, and older commits have not
cursor=$parser/src/main/java/io/inferencemetrics/prometheus/ExpositionCursor.java
for commit in "$1" "$2"; do
    if ! git show "$commit:$cursor" | grep -q 'nextChanges('; then
        echo "$commit is older than ExpositionCursor.nextChanges(), which these benchmarks measure:" \
            "compare it with benchmarks/compare.sh of a commit of its time" >&2
        exit 2
    fi
done
work=$(mktemp -d)

clean_up() {
    git worktree remove --force "$work/before" || true
    git worktree remove --force "$work/after" || true
    rm -rf "$work"
}
trap clean_up EXIT

git worktree add -q --detach "$work/before" "$1"
git worktree add -q --detach "$work/after" "$2"
(cd "$work/before" && $package -pl $parser)
(cd "$work/after" && $package -pl $parser)
$package -pl benchmarks
java -cp benchmarks/target/benchmarks.jar io.inferencemetrics.benchmarks.Compare \
    "$work/before/$parser/target/classes" "$work/after/$parser/target/classes" "${@:3}"
