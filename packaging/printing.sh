#!/bin/sh
# Posters and other PDF files are made with Pango and the Noto fonts. Install Debian's packages where
# that is allowed, otherwise say so. Nothing else needs them.
PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
if dpkg -s $PACKAGES >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Pango and fonts for posters and reports (once) ..."
    if apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $PACKAGES >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No Pango or no Noto fonts here: posters and reports cannot be made as PDF. Install them with: apt-get install $PACKAGES"
