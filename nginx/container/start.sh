#!/bin/bash
# The gateway in a container: checks its settings, fills the templates, becomes nginx. Natively scripts/gateway.py does it.
#
# Templates of container/ replace those of the same name; with TLS, those of https/ replace them again.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/bin
here=/etc/zaguan
run=/run/gateway

# Nothing that nginx could read as more than a value.
check() { # NAME PATTERN EXAMPLE
    [[ ${!1} =~ ^($2)$ ]] && return
    printf 'gateway: %s is "%s"; it must look like %s.\n' "$1" "${!1}" "$3" >&2
    exit 2
}

export PUBLIC_URL=${PUBLIC_URL%/}
export BACKEND=${BACKEND:-backend:8000} STREAMS=${STREAMS:-backend:8002} DOCUMENTS=${DOCUMENTS:-documents:8000} AI=${AI:-ai:8000} AI_SERVICE=on FRONTEND=${FRONTEND:-frontend:8000}
export RATE_SIGN_IN=${RATE_SIGN_IN:-10r/s} RATE_API=${RATE_API:-100r/s} RATE_VISITOR=${RATE_VISITOR:-5r/s}
address='[A-Za-z0-9._-]+:[1-9][0-9]{0,4}'
for name in BACKEND STREAMS DOCUMENTS AI FRONTEND ${DEMO_IDP:+DEMO_IDP}; do
    check "$name" "$address" host:port
done
for name in RATE_SIGN_IN RATE_API RATE_VISITOR; do
    check "$name" '[1-9][0-9]{0,6}r/[sm]' '10r/s or 600r/m'
done
check PUBLIC_URL 'https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?' \
    'https://zaguan.example (no path, lower case)'

# As browsers write it in Origin: without the scheme's own port.
case $PUBLIC_URL in
    https://*) export ORIGIN=${PUBLIC_URL%:443} HSTS='max-age=31536000; includeSubDomains' ;;
    *) export ORIGIN=${PUBLIC_URL%:80} HSTS='' ;;
esac

network='[0-9A-Fa-f.:]+(/[0-9]{1,3})?'
TRUSTED_PROXIES=${TRUSTED_PROXIES:-}
[[ -z $TRUSTED_PROXIES ]] || check TRUSTED_PROXIES "$network(,$network)*" 10.0.0.0/8,192.168.0.7
trusted=''
for network in ${TRUSTED_PROXIES//,/ }; do
    trusted+="set_real_ip_from $network;"$'\n'
done
export TRUSTED_PROXIES=$trusted

# Without a demo provider its routes answer 404; its group needs an address all the same.
if [[ -n ${DEMO_IDP:-} ]]; then
    export DEMO_PROVIDER=on
else
    export DEMO_PROVIDER=off DEMO_IDP=127.0.0.1:9
fi

open_files=$(ulimit -Hn)
[[ $open_files == unlimited || $open_files -gt 65536 ]] && open_files=65536

# The name servers of this container: replicas come and go.
resolvers=''
while read -r word value _; do
    [[ $word == nameserver ]] && resolvers+=" $value"
done < /etc/resolv.conf

export USER='' RUN=$run MEMORY=$run/memory DISK=/tmp LISTEN=0.0.0.0:8080 OPEN_FILES=$open_files
export ACCESS_LOG=/dev/stdout ERROR_LOG=stderr RESOLVERS=${resolvers# }

folders=("$here/templates" "$here/container")
if [[ ${TLS:-off} == on ]]; then
    for file in tls-certificate.pem tls-key.pem; do
        [[ -s /run/secrets/$file ]] && continue
        printf 'gateway: secrets/%s is missing. See secrets/README.md; for localhost: make dev-cert\n' "$file" >&2
        exit 2
    done
    export LISTEN=0.0.0.0:8443
    folders+=("$here/container/https")
fi

names='$USER $RUN $MEMORY $DISK $LISTEN $OPEN_FILES $ACCESS_LOG $ERROR_LOG $RESOLVERS $ORIGIN $HSTS $PUBLIC_URL'
names+=' $RATE_SIGN_IN $RATE_API $RATE_VISITOR $TRUSTED_PROXIES $DEMO_PROVIDER $BACKEND $STREAMS $DOCUMENTS $AI $AI_SERVICE $DEMO_IDP $FRONTEND'
umask 077
mkdir -p "$run/rendered" "$MEMORY"
for folder in "${folders[@]}"; do
    for template in "$folder"/*.template; do
        rendered=${template##*/}
        envsubst "$names" < "$template" > "$run/rendered/${rendered%.template}"
    done
done

exec nginx -e stderr -p "$run/" -c "$here/nginx.conf" -g 'daemon off;'
