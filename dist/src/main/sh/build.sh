# The slow path of ./bailey, sourced by it: finds a JDK, builds, trains the start-up caches, runs tests.
#
# Reads from the launcher: root, out, fail, jdk_version, ready. Leaves behind what $out/launch defines:
# built_root, jdk, jdk_built, cli_class_path, cli_flags, daemon_class_path, daemon_flags.
umask 022

scripts=$root/dist/src/main/sh
. "$scripts/flags.sh"
. "$scripts/train.sh"

say() {
    printf 'bailey: %s\n' "$*" >&2
}

# need COMMAND PACKAGE
need() {
    command -v "$1" >/dev/null || fail "$1 is missing; install it: apt-get install $2"
}

# Sets $jdk to the first JDK of at least version 25 in the usual places, best known place first.
find_jdk() {
    on_path=$(command -v javac) && on_path=$(readlink -f -- "$on_path")
    owner_home=$(getent passwd "$owner" | cut -d: -f6)
    for jdk in "${JAVA_HOME-}" "${on_path%/bin/javac}" \
        /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
        "$owner_home"/.sdkman/candidates/java/* "$owner_home"/.jdks/*; do
        [ -n "$jdk" ] && jdk_version "$jdk" && return
    done
    fail "no JDK 25 or newer in JAVA_HOME, PATH, /usr/lib/jvm, /opt or ~/.sdkman;" \
        "install one: apt-get install openjdk-25-jdk-headless"
}

# Runs a command as the owner of the checkout, so that root by sudo leaves no file of its own there.
as_owner() {
    if [ "$owner" -eq "$user" ] || [ "$owner_name" = UNKNOWN ]; then
        "$@"
    else
        runuser -u "$owner_name" -- env HOME="$owner_home" "$@"
    fi
}

# Gives what root made in the build folders back to the owner of the checkout.
give_back() {
    [ "$user" -ne 0 ] || [ "$owner" -eq 0 ] || find "$root"/target "$root"/*/target -user 0 \
        -exec chown -h "$owner:$owner_group" {} + 2>/dev/null
}

know_owner() {
    user=$(id -u)
    # shellcheck disable=SC2046
    set -- $(stat -c '%u %g %U' -- "$root")
    owner=$1 owner_group=$2 owner_name=$3
    [ "$user" -eq "$owner" ] || [ "$user" -eq 0 ] ||
        fail "$root needs a build and belongs to $owner_name: run this once as $owner_name or root"
}

# quoted NAME VALUE: one assignment that a shell reads back as it was.
quoted() {
    printf "%s='%s'\n" "$1" "$(printf %s "$2" | sed "s/'/'\\\\''/g")"
}

# Maven runs on the JDK that was found: so a JDK in an unusual place serves it as well.
maven() {
    as_owner env JAVA_HOME="$jdk" mvn -B -ntp -f "$root/pom.xml" "$@"
}

build() {
    need mvn maven
    say "building in $root (on first use and after a change; a minute or two)"
    as_owner mkdir -p "$out" || fail "cannot write to $out"
    as_owner rm -rf "$out/stamp" "$out/launch" "$out/lib"
    as_owner touch "$out/stamp.new"
    log=$out/build.log
    if ! maven -q -Dquick -Dmaven.test.skip=true -DskipTests -Dlib.skip=false -pl dist -am package </dev/null >"$log" 2>&1; then
        grep -m 5 '^\[ERROR\]' "$log" >&2
        give_back
        fail "the build failed; all of its output is in $log"
    fi
    mv -f "$out/stamp.new" "$out/stamp"
}

# Prints what client and daemon are built from, relative to the root; none of these paths has a blank. Each costs every
# command some microseconds, so what is built by verbs of its own and what says nothing to the JVM is not there.
source_list() {
    (cd "$root" && find pom.xml ./*/pom.xml ./*/src/main -path './bench/*' -prune -o -path './examples/*' -prune \
        -o -path './manual/*' -prune -o ! -name package-info.java -print | sed 's|^\./||')
}

# Writes what the fast path reads. Renamed into place last: a reader sees all of it or none.
write_launch() {
    lib=$out/lib
    cli_class_path=$lib/$(basename "$root"/cli/target/bailey-cli-*.jar):$(
        sed "s|@LIB@|$(printf %s "$lib" | sed 's/[&|\\]/\\&/g')|g" "$root/cli/target/class-path"
    )
    daemon_class_path=$(printf %s: "$lib"/*.jar)
    daemon_class_path=${daemon_class_path%:}
    {
        quoted built_root "$root"
        quoted sources "$(source_list)"
        quoted jdk "$jdk"
        quoted jdk_built "$version"
        quoted cli_class_path "$cli_class_path"
        quoted cli_flags "$cli_flags"
        quoted daemon_class_path "$daemon_class_path"
        quoted daemon_flags "$daemon_flags"
    } >"$out/launch.new" && mv -f "$out/launch.new" "$out/launch"
}

# Makes what is missing and nothing else: classes, then the launch file, then each cache.
make_missing() {
    find_jdk
    sources_changed && build
    if ! launch_fits; then
        rm -f "$out"/*.aot "$out"/*.untrained
        write_launch
    fi
    . "$out/launch"
    [ -e "$out/cli.aot" ] || [ -e "$out/cli.untrained" ] || train cli train_cli
    [ "$user" -ne 0 ] || [ -e "$out/daemon.aot" ] || [ -e "$out/daemon.untrained" ] || train daemon train_daemon
    give_back
}

launch_fits() {
    [ -r "$out/launch" ] && . "$out/launch" && [ "$built_root" -ef "$root" ] && [ "$jdk_built" = "$version" ]
}

prepare() {
    know_owner
    need flock util-linux
    exec 9<"$root/pom.xml"
    flock -n 9 || { say "another build runs; waiting for it" && flock -w 900 9; } || fail "another build holds $root"
    ready || make_missing
    exec 9<&-
}

# Prints the packages whose commands the lab tests need and this machine lacks, in one line.
missing_packages() {
    PATH=$PATH:/usr/sbin:/sbin
    missing=
    while read -r command package; do
        command -v "$command" >/dev/null || missing="$missing $package"
    done <"$root/dist/src/main/sh/test-tools"
    printf '%s\n' "${missing# }"
}

# run_test [unit|lab|package|missing] [MAVEN ARGUMENT...], or simulate|sequences [ARGUMENT...]
run_test() {
    part=${1-}
    case $part in
        unit | lab | package | missing | simulate | sequences) shift ;;
        -* | '') part=all ;;
        *) fail "test $part: unit, lab, package, simulate, sequences, or nothing for the first two would be right" ;;
    esac
    know_owner
    case $part in
        missing)
            (find_jdk) 2>/dev/null || printf 'openjdk-25-jdk-headless '
            command -v mvn >/dev/null || printf 'maven '
            missing_packages
            ;;
        unit)
            find_jdk
            need mvn maven
            maven verify "$@"
            ;;
        simulate) run_engine_tests simulation "$@" ;;
        sequences)
            [ "$user" -eq 0 ] || fail "sequences make network namespaces and need root: sudo ./bailey test sequences"
            run_engine_tests sequence "$@"
            ;;
        lab) run_lab -Dskip.unit=true "$@" ;;
        package) test_package ;;
        all) run_lab "$@" ;;
    esac
}

# The tests start the daemon through ./bailey as well: what that needs is built before, not under them.
run_lab() {
    [ "$user" -eq 0 ] || fail "lab tests make network namespaces and need root: sudo ./bailey test; or ./bailey test unit"
    packages=$(missing_packages)
    [ -z "$packages" ] || fail "commands that the lab tests need are missing; install them: apt-get install $packages"
    ready || prepare
    find_jdk
    JAVA_HOME=$jdk mvn -B -ntp -f "$root/pom.xml" -Dskip.lab=false "$@" verify
    status=$?
    give_back
    return $status
}

# run_engine_tests simulation|sequence [--seeds N] [--seed S]: many random histories of the engine; see docs/testing.md.
run_engine_tests() {
    kind=$1
    shift
    find_jdk
    need mvn maven
    maven -q -Dquick -DskipTests -pl engine -am test-compile dependency:build-classpath \
        -Dmdep.includeScope=test -Dmdep.outputFile=target/test-class-path || fail "the build of the tests failed"
    give_back
    class_path=$root/engine/target/test-classes:$root/engine/target/classes:$(cat "$root/engine/target/test-class-path")
    exec "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dslf4j.internal.verbosity=ERROR \
        -cp "$class_path" "dev.bailey.engine.$kind.Main" "$@"
}

# run_bench [ARGUMENT...]: the benchmarks beside the peers; see bench/.
run_bench() {
    know_owner
    [ "$user" -eq 0 ] || fail "benchmarks make network namespaces and need root: sudo ./bailey bench"
    ready || prepare
    find_jdk
    maven -q -Dquick -Dmaven.test.skip=true -DskipTests -pl bench -am package dependency:build-classpath \
        -Dmdep.includeScope=runtime -Dmdep.outputFile=target/run-class-path || fail "the build of the benchmarks failed"
    give_back
    class_path=$(basename "$root"/bench/target/bailey-bench-*.jar)
    class_path=$root/bench/target/$class_path:$(cat "$root/bench/target/run-class-path")
    exec "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dbailey.launcher="$root/bailey" \
        -cp "$class_path" dev.bailey.bench.Main "$@"
}

# run_package [MAVEN ARGUMENT...]: the Debian package; see docs/install.md.
run_package() {
    know_owner
    find_jdk
    need mvn maven
    maven -q -Dquick -Dmaven.test.skip=true -DskipTests -Pdeb -pl dist -am package "$@" || fail "the package was not built"
    give_back
    ls "$out"/bailey_*.deb
}

# The package on a clean Debian: installed, started, the demonstration run, purged, nothing left.
test_package() {
    [ "$user" -eq 0 ] || fail "the test of the package makes a Debian in namespaces and needs root: sudo ./bailey test package"
    need debootstrap debootstrap
    run_package
    make_debian
    sh "$scripts/package-story.sh" "$out/bookworm" "$(ls -t "$out"/bailey_*.deb | head -n 1)" "$out/packages"
}

# Made once per checkout, since it takes a minute and a network: a minimal Debian, and the packages ours depends on.
make_debian() {
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Codename: bookworm' 2>/dev/null | head -n 1)
    if [ ! -d "$out/bookworm" ]; then
        new=$(mktemp -d "$out/bookworm-XXXXXX")
        # shellcheck disable=SC2086
        debootstrap --variant=minbase bookworm "$new" $mirror >"$out/debootstrap.log" 2>&1 ||
            fail "debootstrap failed; see $out/debootstrap.log"
        mv -T "$new" "$out/bookworm"
    fi
    mkdir -p "$out/packages/partial"
    apt-get -qq -y -o Dir::State::status="$out/bookworm/var/lib/dpkg/status" -o Dir::Cache::archives="$out/packages/" \
        -o Debug::NoLocking=1 -o APT::Install-Recommends=false \
        install --download-only runc conmon adduser init-system-helpers iproute2 ||
        fail "the packages that ours depends on could not be fetched"
}
