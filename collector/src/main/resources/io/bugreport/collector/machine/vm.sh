#!/bin/sh
# Collects what bug-report needs to know of a virtual machine in an Istio mesh, and writes it to standard output:
#
#   sh vm.sh > vm.txt
#   bug-report collect --vm-archive vm.txt
#
# It only reads: files of Istio and of the system, commands that change nothing, and GETs to the ports of Envoy and of the agent on this
# machine. It writes no file and sends nothing anywhere. It never opens a private key. Of the token it decodes the claims, without the
# signature that makes them a token; of certificates it prints the fields. Values that look like passwords, keys or tokens are replaced
# before they leave the machine. Run it as root, or it cannot see all; what it cannot see, it says.
#
# Options:
#   --since SECONDS     the journal since this time, in seconds since 1970
#   --log-bytes N       the newest N bytes of each log (default 52428800)
#   --envoy-port N      Envoy's admin port (default 15000)
#   --agent-port N      the agent's status port (default 15020)
#   --root DIR          read the files below DIR, and find commands by PATH alone
#
# What it prints, line by line:
#   bug-report-vm 1                        the first line
#   : NAME VALUE                           about the machine
#   + PATH LIMIT                           a file begins; it is kept up to LIMIT bytes
#   |TEXT                                  a line of it, the last one without a line feed
#   = OUTCOME CODE REASON                  what came of it; CODE is the HTTP status, or 0
#   . COUNT                                the end, after so many files
set -u
LC_ALL=C
export LC_ALL

root=
since=
log_bytes=52428800
file_bytes=1048576
command_bytes=4194304
answer_bytes=268435456
envoy_port=15000
agent_port=15020
seconds=20
count=0

usage() {
  echo "vm.sh: $1; its options are described at its beginning" >&2
  exit 2
}

# A whole number.
number() {
  case $2 in
    '' | *[!0-9]*) usage "$1 needs a number" ;;
  esac
}

# Replaces what looks like a secret. In the answers of Envoy and of the agent only what is in quotes, so that they stay JSON.
masks() {
  out='[left out]'
  b='s/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"-]*-----END [A-Z ]*PRIVATE KEY-----/'$out'/g'
  answer_mask="$b
/-----BEGIN [A-Z ]*PRIVATE KEY-----/,/-----END [A-Z ]*PRIVATE KEY-----/s/.*/$out/
s/eyJ[A-Za-z0-9_-]\{8,\}\.[A-Za-z0-9_-]\{8,\}\.[A-Za-z0-9_-]*/$out/g
s/\([Bb][Ee][Aa][Rr][Ee][Rr] \{1,\}\)[A-Za-z0-9._~+/=-]\{8,\}/\1$out/g
s/\([Bb][Aa][Ss][Ii][Cc] \{1,\}\)[A-Za-z0-9+/=]\{8,\}/\1$out/g
s,://\([^/:@ \"']*\):[^/@ \"']*@,://\1:$out@,g"
  text_mask=$answer_mask
  for word in '[Pp][Aa][Ss][Ss][Ww][A-Za-z]*' '[Pp][Aa][Ss][Ss][Pp][Hh][Rr][Aa][Ss][Ee]' '[Ss][Ee][Cc][Rr][Ee][Tt]' \
    '[Tt][Oo][Kk][Ee][Nn]' '[Aa][Pp][Ii][_-]\{0,1\}[Kk][Ee][Yy]' '[Pp][Rr][Ii][Vv][Aa][Tt][Ee][_-]\{0,1\}[Kk][Ee][Yy]' \
    '[Aa][Cc][Cc][Ee][Ss][Ss][_-]\{0,1\}[Kk][Ee][Yy]' '[Cc][Rr][Ee][Dd][Ee][Nn][Tt][Ii][Aa][Ll][Ss]\{0,1\}' \
    '[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]'; do
    name="\($word\"\{0,1\} *[=:] *\)"
    quoted="s/$name\"[^\"\\\\]*\(\\\\.[^\"\\\\]*\)*\"/\1\"$out\"/g"
    answer_mask="$answer_mask
$quoted"
    text_mask="$text_mask
$quoted
s/$name'[^']*'/\1'$out'/g
s/\($word *[=:] *\)[^][ \"'{}][^ \"']*/\1$out/g"
  done
}

# Text as one line that is no secret.
line() {
  printf '%s' "$1" | tr '\n\r\t' '   ' | sed "$text_mask"
}

# A file of which there is no content. PATH OUTCOME CODE REASON
none() {
  count=$((count + 1))
  printf '+ %s 0\n= %s %s %s\n' "$1" "$2" "$3" "$(line "$4")"
}

# Prints what a command writes as the content of a file; leaves its exit code in $code and what it said besides in $said.
# PATH LIMIT MASK COMMAND...
content() {
  count=$((count + 1))
  printf '+ %s %s\n' "$1" "$2"
  most=$(($2 + 8192))
  mask=$3
  shift 3
  {
    said=$({
      {
        {
          "$@" </dev/null
          echo "exit $?" >&2
        } | head -c "$most"
        echo
      } | sed "$mask
s/^/|/" >&3
    } 2>&1 | tail -c 2000)
  } 3>&1
  case $said in
    *'exit '*)
      code=${said##*exit }
      said=${said%exit *}
      ;;
    *) code=141 ;;
  esac
}

# The end of a file. OUTCOME CODE REASON
end() {
  printf '= %s %s %s\n' "$1" "$2" "$(line "$3")"
}

# How a command ended.
end_by_code() {
  case $code in
    0) end ok 0 '' ;;
    124 | 143) end timeout 0 "it did not end within $seconds seconds" ;;
    141) end truncated 0 'longer than is kept' ;;
    *)
      case $said in
        *ermission\ denied* | *'must be root'* | *'not permitted'* | *'you must be'*) end forbidden 0 "not as $user: $said" ;;
        *) end failed 0 "it ended with $code: $said" ;;
      esac
      ;;
  esac
}

# Whether a file can be read; says so where it cannot. PATH FILE
readable() {
  if [ -f "$2" ] && [ -r "$2" ]; then
    return 0
  fi
  shown=${2#"$root"}
  why=$(ls -d -- "$2" 2>&1 >/dev/null)
  case $why in
    '') none "$1" forbidden 0 "$shown may not be read by $user" ;;
    *ermission\ denied*) none "$1" forbidden 0 "$user may not see whether there is $shown" ;;
    *) none "$1" notFound 0 "there is no $shown" ;;
  esac
  return 1
}

# A file as it is. PATH FILE
file() {
  if readable "$1" "$2"; then
    content "$1" "$file_bytes" "$text_mask" cat "$2"
    end_by_code
  fi
}

# The newest end of a log. PATH FILE
log() {
  if readable "$1" "$2"; then
    size=$(wc -c <"$2")
    content "$1" "$log_bytes" "$text_mask" tail -c "$log_bytes" "$2"
    if [ "$code" -eq 0 ] && [ "$size" -gt "$log_bytes" ]; then
      end truncated 0 "longer than $log_bytes bytes (--log-bytes): its newest end is kept"
    else
      end_by_code
    fi
  fi
}

within() {
  if [ -n "$timeout" ]; then
    timeout "$seconds" "$@"
  else
    "$@"
  fi
}

# What a command prints. PATH COMMAND...
run() {
  into=$1
  shift
  if command -v "$1" >/dev/null 2>&1; then
    content "$into" "$command_bytes" "$text_mask" within "$@"
    end_by_code
  else
    none "$into" skipped 0 "$1 is not installed"
  fi
}

# What the first of two commands that is installed prints. PATH 'COMMAND' 'COMMAND'
either() {
  for command in "$2" "$3"; do
    if command -v "${command%% *}" >/dev/null 2>&1; then
      # The commands are written below, one word each.
      # shellcheck disable=SC2086
      run "$1" $command
      return
    fi
  done
  none "$1" skipped 0 "neither ${2%% *} nor ${3%% *} is installed"
}

journal() {
  if [ -n "$since" ]; then
    set -- "$1" --since "@$since"
  else
    set -- "$1"
  fi
  into=$1
  shift
  if ! command -v journalctl >/dev/null 2>&1; then
    none "$into" skipped 0 'journalctl is not installed'
    return
  fi
  content "$into" "$log_bytes" "$text_mask" within journalctl --unit istio --no-pager --output short-iso --lines 100000 "$@"
  case $code$said in
    0*'not seeing messages'*) end truncated 0 "$user sees only a part of the journal" ;;
    *) end_by_code ;;
  esac
}

# The fields of each certificate of a file; whatever else the file holds is passed over. FILE
certificate_fields() {
  block=
  found=0
  while IFS= read -r text || [ -n "$text" ]; do
    case $text in
      *'-----BEGIN CERTIFICATE-----'*) block=$text ;;
      *'-----END CERTIFICATE-----'*)
        found=$((found + 1))
        block="$block
$text"
        printf '%s\n' "$block" | openssl x509 -noout -nameopt RFC2253 -subject -issuer -serial -dates -fingerprint -sha256 || return 1
        printf '%s\n' "$block" | openssl x509 -noout -text \
          -certopt no_header,no_version,no_serial,no_signame,no_validity,no_subject,no_issuer,no_pubkey,no_sigdump,no_aux |
          sed -n '/Subject Alternative Name/{
n
s/^ */subjectAltName=/p
}'
        block=
        ;;
      *)
        if [ -n "$block" ]; then
          block="$block
$text"
        fi
        ;;
    esac
  done <"$1"
  if [ "$found" -eq 0 ]; then
    echo 'there is no certificate in it' >&2
    return 1
  fi
}

# PATH FILE
certificates() {
  if ! command -v openssl >/dev/null 2>&1; then
    none "$1" skipped 0 'openssl is not installed, and the fields are computed here'
  elif readable "$1" "$2"; then
    content "$1" "$file_bytes" "$text_mask" certificate_fields "$2"
    end_by_code
  fi
}

# The claims of a token: its middle part alone is taken out of the file. FILE
claims_of() {
  middle=$(cut -s -d . -f 2 "$1" | tr -d '\n\r' | tr '_-' '/+')
  case $((${#middle} % 4)) in
    2) middle="$middle==" ;;
    3) middle="$middle=" ;;
  esac
  # shellcheck disable=SC2086
  claims=$(printf '%s\n' "$middle" | $decoder 2>/dev/null)
  case $claims in
    '{'*'}') printf '%s\n' "$claims" ;;
    *)
      echo 'it is no token with claims (JWT)' >&2
      return 1
      ;;
  esac
}

# PATH FILE
claims() {
  if command -v base64 >/dev/null 2>&1; then
    decoder='base64 -d'
  elif command -v openssl >/dev/null 2>&1; then
    decoder='openssl base64 -d -A'
  else
    none "$1" skipped 0 'neither base64 nor openssl is installed, and the claims are computed here'
    return
  fi
  if readable "$1" "$2"; then
    content "$1" "$file_bytes" "$answer_mask" claims_of "$2"
    end_by_code
  fi
}

# Names, owners and sizes of Istio's files; it opens none of them.
istio_files() {
  for folder in /etc/certs /etc/istio /etc/istio/config /etc/istio/proxy /var/lib/istio /var/lib/istio/envoy /var/lib/istio/data \
    /var/run/secrets/tokens /var/run/secrets/istio /var/log/istio; do
    if [ -d "$root$folder" ]; then
      echo "$folder:"
      ls -lan "$root$folder/" 2>&1
    else
      echo "$folder: none"
    fi
  done
}

# What a port of this machine answers; nothing is asked of any other. Proxies of the environment are not used.
ask() {
  if [ -n "$curl" ]; then
    curl -q -sS -g --noproxy '*' --max-time "$seconds" -D /dev/stderr "http://127.0.0.1:$1$2"
  else
    http_proxy='' wget -q -S -T "$seconds" -O - "http://127.0.0.1:$1$2"
  fi
}

# An endpoint. PATH PORT REQUEST [any]: with any, an error status is an answer too.
get() {
  if [ -z "$curl$wget" ]; then
    none "$1" skipped 0 'neither curl nor wget is installed'
    return
  fi
  port=$2
  any=${4:-}
  content "$1" "$answer_bytes" "$answer_mask" ask "$2" "$3"
  status=$(printf '%s\n' "$said" | sed -n 's,.*HTTP/[0-9.]* \([0-9][0-9][0-9]\).*,\1,p' | head -n 1)
  case $any$status in
    200 | any[0-9]*)
      case $code in
        23 | 141) end truncated "$status" 'longer than is kept' ;;
        18 | 28) end truncated "$status" "broke off, or took longer than $seconds seconds" ;;
        *) end ok "$status" '' ;;
      esac
      ;;
    404) end notFound 404 'the server has no such endpoint, or nothing to say there (HTTP 404)' ;;
    401 | 403) end forbidden "$status" "HTTP $status" ;;
    [0-9]*) end failed "$status" "HTTP $status" ;;
    *)
      case $code$said in
        28* | *'timed out'*) end timeout 0 "port $port did not answer within $seconds seconds" ;;
        7* | 4* | *efused* | *'onnect to'*) end failed 0 "nothing listens on port $port of the machine" ;;
        *) end failed 0 "port $port gave no answer that is HTTP" ;;
      esac
      ;;
  esac
}

collect() {
  echo 'bug-report-vm 1'
  echo "# Read this before you pass it on. To be opened with: bug-report collect --vm-archive FILE"
  printf ': host %s\n' "$(line "$(hostname 2>/dev/null || uname -n)")"
  printf ': user %s\n' "$(line "$user")"
  printf ': time %s\n' "$(date -u +%s)"

  file files/cluster.env "$root/var/lib/istio/envoy/cluster.env"
  file files/sidecar.env "$root/var/lib/istio/envoy/sidecar.env"
  file files/mesh.yaml "$root/etc/istio/config/mesh"
  file files/hosts "$root/etc/hosts"
  file files/resolv.conf "$root/etc/resolv.conf"
  file files/nsswitch.conf "$root/etc/nsswitch.conf"
  file files/os-release "$root/etc/os-release"
  file files/istio.service "$root/lib/systemd/system/istio.service"

  certificates certificates/root-cert.txt "$root/etc/certs/root-cert.pem"
  certificates certificates/istio-root-cert.txt "$root/var/run/secrets/istio/root-cert.pem"
  certificates certificates/cert-chain.txt "$root/etc/certs/cert-chain.pem"
  claims certificates/token-claims.json "$root/var/run/secrets/tokens/istio-token"

  content commands/istio-files.txt "$command_bytes" "$text_mask" istio_files
  end_by_code
  run commands/uname.txt uname -a
  run commands/limits.txt cat /proc/self/limits
  run commands/id.txt id istio-proxy
  run commands/agent-version.txt pilot-agent version
  run commands/envoy-version.txt envoy --version
  either commands/package.txt 'dpkg -s istio-sidecar' 'rpm -qi istio-sidecar'
  run commands/systemctl.txt systemctl show istio --no-pager
  run commands/timedatectl.txt timedatectl show
  run commands/resolvectl.txt resolvectl status --no-pager
  run commands/ps.txt ps -eo pid,ppid,user,comm
  either commands/ports.txt 'ss -lntup' 'netstat -lntup'
  run commands/ip-address.txt ip address
  run commands/ip-route.txt ip route
  run commands/iptables.txt iptables-save
  run commands/ip6tables.txt ip6tables-save
  run commands/nft.txt nft list ruleset

  log logs/istio.log "$root/var/log/istio/istio.log"
  log logs/istio.err.log "$root/var/log/istio/istio.err.log"
  journal logs/journal.log

  get agent/ready.txt "$agent_port" /healthz/ready any
  get agent/metrics.txt "$agent_port" /metrics
  get agent/ndsz.json "$agent_port" /debug/ndsz
  get envoy/server_info.json "$envoy_port" /server_info
  get envoy/ready.txt "$envoy_port" /ready any
  get envoy/certs.json "$envoy_port" /certs
  get envoy/config_dump.json "$envoy_port" '/config_dump?include_eds'
  get envoy/clusters.json "$envoy_port" '/clusters?format=json'
  get envoy/listeners.json "$envoy_port" '/listeners?format=json'
  get envoy/stats.txt "$envoy_port" '/stats?usedonly'
  get envoy/stats_prometheus.txt "$envoy_port" /stats/prometheus
  get envoy/init_dump.json "$envoy_port" /init_dump
  get envoy/memory.json "$envoy_port" /memory

  echo ". $count"
}

main() {
  while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || usage "$1 needs a value"
    case $1 in
      --since) number "$1" "$2" && since=$2 ;;
      --log-bytes) number "$1" "$2" && log_bytes=$2 ;;
      --envoy-port) number "$1" "$2" && envoy_port=$2 ;;
      --agent-port) number "$1" "$2" && agent_port=$2 ;;
      --root) root=${2%/} ;;
      *) usage "there is no option $1" ;;
    esac
    shift 2
  done
  if [ -z "$root" ]; then
    PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  fi
  user=$(id -un 2>/dev/null || id -u)
  curl=$(command -v curl)
  wget=$(command -v wget)
  timeout=
  if timeout 1 true >/dev/null 2>&1; then
    timeout=timeout
  fi
  masks
  collect
}

# All is read before anything runs: a script that was cut off on its way does nothing.
main "$@" </dev/null
