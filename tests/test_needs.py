"""What a rule of `verbalize.RULES` says that it needs, every match of its pattern has."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]  # the standard library's own, untyped
from typing import TYPE_CHECKING, Any

import pytest

from nashra.arabic.verbalize import ANY, RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS = _constants.CATEGORY_DIGIT
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def has(parsed: Any, needed: Callable[[str], bool]) -> bool:
    """Say whether whatever a parsed pattern matches, or looks at, has a character that is needed."""
    return any(KINDS[kind](what, needed) for kind, what in parsed if kind in KINDS)


KINDS: dict[Any, Callable[[Any, Callable[[str], bool]], bool]] = {
    _constants.LITERAL: lambda what, needed: needed(chr(what)),
    _constants.RANGE: lambda what, needed: all(needed(chr(each)) for each in range(what[0], what[1] + 1)),
    _constants.CATEGORY: lambda what, needed: what is DIGITS and all(map(needed, "0٣๓")),
    _constants.IN: lambda what, needed: all(has([each], needed) for each in what),
    _constants.BRANCH: lambda what, needed: all(has(each, needed) for each in what[1]),
    _constants.GROUPREF_EXISTS: lambda what, needed: all(has(each or (), needed) for each in what[1:]),
    _constants.SUBPATTERN: lambda what, needed: has(what[3], needed),
    _constants.ATOMIC_GROUP: has,
    _constants.ASSERT: lambda what, needed: has(what[1], needed),
    **dict.fromkeys(REPEATS, lambda what, needed: bool(what[0]) and has(what[2], needed)),
}
"""How each kind of piece tells; of the others (a place, a group again, what may not follow) none does."""


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.needs is not ANY], ids=lambda rule: rule.name
)
def test_a_rule_matches_nothing_without_what_it_needs(rule: Rule) -> None:
    """Else a sentence would not be searched, and its figure or sign be left as it is."""
    parsed = _parser.parse(rule.pattern.pattern)
    needs = re.compile(rule.needs.pattern)
    assert has(parsed, lambda character: bool(needs.fullmatch(character)))


@pytest.mark.parametrize("loose", ["5?", "a|5", "(?!5)", "(?<!5)a", "[5a]", "(a)|5", "5*"])
def test_a_pattern_that_may_do_without_is_seen(loose: str) -> None:
    """What the test above goes by tells a pattern that needs no figure."""
    assert not has(_parser.parse(loose), str.isdigit)
