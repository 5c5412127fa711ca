# Finds a JDK of version 25 or newer; sourced by ./skiff and ./mvnw, POSIX sh.
# Prints its home, or nothing if there is none. Order: SKIFF_JAVA_HOME, JAVA_HOME, java on the path, the usual places.

SKIFF_JDK_VERSION=25

# jdk_version HOME: the feature version in the JDK's own `release` file, e.g. 25; no JVM is started for it.
jdk_version() {
  [ -r "$1/release" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

jdk_suits() {
  [ -n "$1" ] || return 1
  _version=$(jdk_version "$1") && [ -n "$_version" ] && [ "$_version" -ge "$SKIFF_JDK_VERSION" ]
}

find_jdk() {
  if [ -n "${SKIFF_JAVA_HOME-}" ]; then
    jdk_suits "$SKIFF_JAVA_HOME" || {
      echo "SKIFF_JAVA_HOME is '$SKIFF_JAVA_HOME', which is no JDK $SKIFF_JDK_VERSION or newer" >&2
      return 1
    }
    printf '%s\n' "$SKIFF_JAVA_HOME"
    return 0
  fi
  _on_path=$(command -v java 2>/dev/null) || _on_path=
  if [ -n "$_on_path" ]; then
    _on_path=$(readlink -f "$_on_path" 2>/dev/null || printf '%s' "$_on_path")
    _on_path=${_on_path%/bin/java}
  fi
  for _home in "${JAVA_HOME-}" "$_on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/*; do
    if jdk_suits "$_home"; then
      printf '%s\n' "$_home"
      return 0
    fi
  done
  return 1
}
