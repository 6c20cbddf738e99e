"""Sequences of edits, kills, builds and publications that nobody thought of: guids and invariants hold."""

from __future__ import annotations

import random
import shutil
import sys

import pytest

import walking

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are killed in groups"),
]


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """Return where the walks of this module keep the covers that they draw."""
    return tmp_path_factory.mktemp("warm") / "pictures"


@pytest.mark.parametrize(
    ("walks", "steps"), [(4, 6), pytest.param(200, 8, marks=pytest.mark.sweep)], ids=["some", "all"]
)
def test_no_sequence_of_steps_breaks_an_invariant_or_changes_a_guid(walks, steps, warm, request, tmp_path):
    """After every step `verify --deep` finds nothing, and each article has the guid that it first had."""
    done = set()
    share = request.config.getoption("share")
    for number in range(min(walks, 25 * share) if share else walks):
        chance = random.Random(f"{request.config.getoption('seed')} {number}")  # noqa: S311 no secret
        folder = tmp_path / str(number)
        told, broken = walking.walked(folder, warm, chance, steps)
        assert (number, told, broken) == (number, told, [])
        done |= set(told)
        shutil.rmtree(folder)
    assert len(done & set(walking.STEPS)) >= 5
