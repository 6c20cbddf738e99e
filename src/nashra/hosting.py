"""The workflow that builds and publishes a station at GitHub, written by `nashra init --github`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nashra.errors import ConfigurationError
from nashra.store import storing, write

if TYPE_CHECKING:
    from pathlib import Path

FILE = ".github/workflows/nashra.yml"

WORKFLOW = """\
# Builds and publishes the station whenever something of it is pushed. docs/publish.md explains it.
name: Nashra

on:
  push:
    branches: [main]
    paths: ["articles/**", "sounds/**", "templates/**", "nashra.toml", "lexicon.toml", "{file}"]
  workflow_dispatch:

permissions:
  contents: write # the records go back to this branch, the site to gh-pages

concurrency: # never two publishers at once; the later waits
  group: nashra
  cancel-in-progress: false

jobs:
  station:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
      NASHRA: nashra # what pip installs; nashra[s3] or nashra[sftp] for such a target
      TARGET: "git:origin#gh-pages" # or another: see docs/publish.md
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4 # finished speech; without it everything is only slower
        with:
          path: .nashra
          key: nashra-${{{{ github.run_id }}}}
          restore-keys: nashra-
      - name: Install
        run: python -m pip install "$NASHRA"
      - name: Bring back the sound that is live, and records that are missing
        run: nashra restore --if-there
      - name: Build
        run: nashra build
      - name: Keep the records under version control, before anybody sees the episodes
        run: |
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git add -A audio
          if [ -e podcast.guid ]; then git add podcast.guid; fi
          if ! git diff --cached --quiet; then
            git commit --quiet -m "Records of the station"
            git push --quiet origin "HEAD:$GITHUB_REF_NAME"
          fi
      - name: Publish
        env: # of a bucket; empty for gh-pages. Write them under Settings, Secrets, never here.
          AWS_ACCESS_KEY_ID: ${{{{ secrets.AWS_ACCESS_KEY_ID }}}}
          AWS_SECRET_ACCESS_KEY: ${{{{ secrets.AWS_SECRET_ACCESS_KEY }}}}
        run: nashra publish "$TARGET"
"""


def workflow(folder: Path) -> Path:
    """Write the workflow into a station; return where. Raises ConfigurationError where another one is."""
    path = folder / FILE
    told = WORKFLOW.format(file=FILE).encode()
    with storing(ConfigurationError, str(path)):
        if path.exists() and path.read_bytes() != told:
            then = "move it away to get a new one"
            raise ConfigurationError("is there already, and is another", where=str(path), then=then)
        write(path, told)
    return path
