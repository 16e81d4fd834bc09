#!/bin/sh
# The browser tests need Chromium. Install Debian's package where that is allowed, otherwise say so.
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests (once) ..."
    if apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No Chromium here: the browser tests (tests/browser) are left out. Install it with: apt-get install chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
