#!/bin/sh
# The disk image for macOS: check the signature, pack, and, with an account of Apple's, notarise.
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
# PyInstaller has signed it, from the inside out (packaging/woundtrack.spec).
codesign --verify --deep --strict "$app"
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
