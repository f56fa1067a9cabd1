#!/bin/sh
# Install Debian packages without letting them start services of their own: the platform runs its programs
# itself, unprivileged. What is not installed by us is not touched. Run as root: apt_install.sh PACKAGE…
set -eu
export DEBIAN_FRONTEND=noninteractive

# Debian's own way to say "start nothing": a policy that refuses. One that is there already stays.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi

apt-get update -q
apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"

# Nor at the next boot.
if [ -d /run/systemd/system ]; then
    for package in "$@"; do
        systemctl disable "${package%-server}.service" || true
    done
fi
