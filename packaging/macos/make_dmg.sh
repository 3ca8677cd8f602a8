#!/bin/sh
# The disk image for macOS: sign, pack, and, with an account of Apple's, notarise.
# packaging/make_installer.py calls it with the version. Unsigned it runs on the builder's own Mac
# alone; for others, name in the environment
#   WOUNDTRACK_SIGN     "Developer ID Application: …", as `security find-identity -v` shows it
#   WOUNDTRACK_NOTARY   a profile kept by `xcrun notarytool store-credentials`
set -eu
version=$1
cd "$(dirname "$0")/../.."
app=dist/woundtrack.app
image="dist/woundtrack-$version-macos-$(uname -m).dmg"
plutil -lint "$app/Contents/Info.plist"
if [ -n "${WOUNDTRACK_SIGN:-}" ]; then
    # From the inside out: libraries, then programs, then the whole.
    find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$WOUNDTRACK_SIGN"
    codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
        --sign "$WOUNDTRACK_SIGN" "$app/Contents/MacOS/woundtrack" "$app/Contents/MacOS/woundtrack-window"
    codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
        --sign "$WOUNDTRACK_SIGN" "$app"
    codesign --verify --deep --strict "$app"
fi
folder=build/dmg
rm -rf "$folder" "$image"
mkdir -p "$folder"
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
cp -R dist/woundtrack/licences "$folder/licences"
hdiutil create -volname "woundtrack $version" -srcfolder "$folder" -fs HFS+ -format UDZO -ov "$image"
if [ -n "${WOUNDTRACK_NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$WOUNDTRACK_NOTARY" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
