#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Fills fuzz/corpus with the files of tests/corpus, each under the target that reads files of its name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# names <target>: the names that the target picks from, in order
names() { sed -n '/^const NAMES/,/^];/s/^ *"\(.*\)",$/\1/p' "fuzz_targets/$1.rs"; }

for target in compose dockerfile licence manifests publiccode readme workflow; do
  mkdir -p "corpus/$target"
  index=0
  while IFS= read -r name; do
    base=${name##*/}
    while IFS= read -r -d '' file; do
      {
        printf "\\x$(printf %02x "$index")"
        cat "$file"
      } >"corpus/$target/$(printf '%s' "$file $name" | sha256sum | cut -c1-16)"
    done < <(find ../tests/corpus \( -name "$base" -o -name "*.${base##*.}" \) -type f -size -40k -print0)
    index=$((index + 1))
  done < <(names "$target")
  printf '%s: %d seeds\n' "$target" "$(find "corpus/$target" -type f | wc -l)"
done
for pair in catalogue:../examples/promotion.toml project:../.perenne.toml rules:../rules/readme/readme-present.toml; do
  mkdir -p "corpus/${pair%%:*}"
  cp "${pair#*:}" "corpus/${pair%%:*}/graine"
done
