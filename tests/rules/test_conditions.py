"""The condition language: what each node means, what a condition looks at, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from game_rules.conditions import (
    ComplementInForce,
    Condition,
    OnIssue,
    Roster,
    Signatures,
    Situation,
    UnknownName,
    Vocabulary,
    always,
    compile_condition,
    compile_signature,
    explain,
    mentions,
    never,
)
from game_rules.evaluation import Circumstances

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
VOCABULARY = Vocabulary(
    issues={"toll": ("free", "low", "high"), "crane": ("bare", "crane")},
    option_sets={"paid": ("toll", frozenset({"low", "high"}))},
    named={"steep": CONDITION.validate_python({"issue": "toll", "is": "high"})},
)
FERRY = ComplementInForce("ferry", Fraction(1), "large", True, frozenset({"ASH"}))
CALM = Situation(world={"weather": "calm", "dark": False, "outcome": "undecided"})
BUSY = Situation(
    world={"weather": "storm", "dark": True, "outcome": "foul"},
    flags=frozenset({"bridge"}),
    deals=frozenset({"bridge_deal"}),
    in_force={"ferry": FERRY},
    allies_signing=frozenset({"ASH", "BIR", "CED"}),
    adopted=False,
)


def holds(condition: dict[str, Any], package: tuple[str, ...], situation: Situation, holder: str | None = None) -> bool:
    """Whether a condition as written in YAML is true."""
    return compile_condition(CONDITION.validate_python(condition), VOCABULARY, holder)(package, situation)


@pytest.mark.parametrize(
    ("condition", "package", "expected"),
    [
        ({"issue": "toll", "is": "low"}, ("low", "bare"), True),
        ({"issue": "toll", "is": "low"}, ("high", "bare"), False),
        ({"issue": "toll", "in": ["free", "high"]}, ("high", "bare"), True),
        ({"issue": "toll", "in": ["free", "high"]}, ("low", "bare"), False),
        ({"issue": "toll", "at_least": "low"}, ("low", "bare"), True),
        ({"issue": "toll", "at_least": "low"}, ("high", "bare"), True),
        ({"issue": "toll", "at_least": "low"}, ("free", "bare"), False),
        ({"issue": "toll", "below": "low"}, ("free", "bare"), True),
        ({"issue": "toll", "below": "low"}, ("low", "bare"), False),
        ({"in_set": "paid"}, ("high", "bare"), True),
        ({"in_set": "paid"}, ("free", "bare"), False),
        ({"named": "steep"}, ("high", "bare"), True),
        ({"not": {"named": "steep"}}, ("high", "bare"), False),
        ({"all": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]}, ("high", "crane"), True),
        ({"all": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]}, ("high", "bare"), False),
        ({"any": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]}, ("free", "crane"), True),
        ({"any": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]}, ("free", "bare"), False),
    ],
)
def test_a_condition_on_the_text(condition: dict[str, Any], package: tuple[str, ...], expected: bool) -> None:
    assert holds(condition, package, CALM) is expected


@pytest.mark.parametrize(
    ("condition", "calm", "busy"),
    [
        ({"world": "weather", "is": "storm"}, False, True),
        ({"world": "weather", "in": ["storm", "fog"]}, False, True),
        ({"world": "dark", "is": True}, False, True),
        ({"world": "dark", "is": False}, True, False),
        ({"world": "outcome", "is": "foul"}, False, True),
        ({"deal": "bridge_deal"}, False, True),
        ({"flag": "bridge"}, False, True),
        ({"adopted": True}, True, False),
        ({"complement": "ferry"}, False, True),
        ({"complement": "any"}, False, True),
        ({"complement": "ferry", "mode": "large"}, False, True),
        ({"complement": "ferry", "mode": "small"}, False, False),
        ({"complement": "any", "defence": True}, False, True),
        ({"complement": "any", "defence": True, "signed_by": "holder"}, False, True),
        ({"allies_signing": 3}, False, True),
        ({"allies_signing": 3, "besides": ["ASH"]}, False, False),
    ],
)
def test_a_condition_on_everything_else(condition: dict[str, Any], calm: bool, busy: bool) -> None:
    package = ("free", "bare")
    assert holds(condition, package, CALM, "ASH") is calm
    assert holds(condition, package, BUSY, "ASH") is busy


def test_a_line_can_look_at_who_holds_it() -> None:
    except_ash = {"all": [{"named": "steep"}, {"not": {"holder": ["ASH", "CED"]}}]}
    assert not holds(except_ash, ("high", "bare"), CALM, "ASH")
    assert holds(except_ash, ("high", "bare"), CALM, "BIR")
    signed = {"complement": "ferry", "signed_by": "holder"}
    assert not holds(signed, ("high", "bare"), BUSY, "BIR")


def test_what_the_holder_decides_is_decided_when_compiling() -> None:
    mine, flag = {"holder": "ASH"}, {"flag": "bridge"}
    for condition, expected in (
        (mine, always),
        ({"all": [mine, {"not": mine}]}, never),
        ({"any": [flag, mine]}, always),
        ({"all": [flag, {"not": mine}]}, never),
    ):
        assert compile_condition(CONDITION.validate_python(condition), VOCABULARY, "ASH") is expected


@pytest.mark.parametrize(
    ("condition", "package", "issues"),
    [
        pytest.param({"all": [{"named": "steep"}, {"in_set": "paid"}]}, ("high", "bare"), {"toll"}, id="one issue"),
        pytest.param(
            {"all": [{"named": "steep"}, {"not": {"issue": "crane", "is": "crane"}}]},
            ("high", "bare"),
            {"toll", "crane"},
            id="all parts of a true all",
        ),
        pytest.param(
            {"all": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]},
            ("high", "bare"),
            {"crane"},
            id="the false part of a false all",
        ),
        pytest.param(
            {"any": [{"named": "steep"}, {"issue": "crane", "is": "crane"}]},
            ("high", "bare"),
            {"toll"},
            id="the true part of a true any",
        ),
        pytest.param({"all": [{"named": "steep"}, {"flag": "bridge"}]}, ("high", "bare"), set(), id="not the text"),
    ],
)
def test_explaining_names_the_issues_that_matter(
    condition: dict[str, Any], package: tuple[str, ...], issues: set[str]
) -> None:
    node = CONDITION.validate_python(condition)
    truth, found = explain(node, package, CALM, VOCABULARY)
    assert truth is compile_condition(node, VOCABULARY)(package, CALM)
    assert found == issues


def test_mentions_leave_out_what_another_holders_exception_looks_at() -> None:
    line = CONDITION.validate_python(
        {"all": [{"in_set": "paid"}, {"not": {"all": [{"holder": "ASH"}, {"deal": "bridge_deal"}]}}]}
    )
    assert set(mentions(line, VOCABULARY)) == {("issue", "toll"), ("seat", "ASH"), ("deal", "bridge_deal")}
    assert ("deal", "bridge_deal") in set(mentions(line, VOCABULARY, "ASH"))
    assert set(mentions(line, VOCABULARY, "BIR")) == {("issue", "toll")}


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({"isue": "toll", "is": "low"}, id="a key that is no node"),
        pytest.param({"issue": "toll"}, id="no comparison"),
        pytest.param({"issue": "toll", "is": "low", "at_least": "low"}, id="two comparisons"),
        pytest.param({"issue": "toll", "is": "low", "because": "x"}, id="an unknown key"),
        pytest.param({"world": "weather"}, id="a world without a value"),
        pytest.param({"all": []}, id="all of nothing"),
        pytest.param({"adopted": "yes"}, id="a word for a truth value"),
        pytest.param({"allies_signed": "2"}, id="a word for a number"),
        pytest.param({"allies_signed": 0}, id="nobody's signatures"),
        pytest.param({"allies_signed": 2, "never_below": 0}, id="never below nobody"),
        pytest.param({"allies_signing": 0}, id="nobody signing"),
        pytest.param("toll", id="not a mapping"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_not_a_condition_is_refused(condition: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"issue": "tax", "is": "low"},
        {"issue": "toll", "is": "lower"},
        {"issue": "toll", "at_least": "lower"},
        {"in_set": "unpaid"},
        {"named": "flat"},
    ],
)
def test_an_unknown_name_is_refused_when_compiling(condition: dict[str, Any]) -> None:
    with pytest.raises(UnknownName):
        compile_condition(CONDITION.validate_python(condition), VOCABULARY)


def test_an_unknown_issue_is_refused_by_whatever_asks_for_its_options() -> None:
    with pytest.raises(UnknownName, match="issue 'tax'; there are: toll, crane"):
        VOCABULARY.accepted(OnIssue.model_validate({"issue": "tax", "is": "low"}))


def test_an_unknown_name_is_told_with_the_known_ones_where_there_are_any() -> None:
    assert str(UnknownName("deal", "tunnel", ("bridge", "ferry"))) == "unknown deal 'tunnel'; there are: bridge, ferry"
    assert str(UnknownName("deal", "tunnel")) == "unknown deal 'tunnel'"


def test_in_a_situation_of_which_nothing_is_said_nothing_has_happened() -> None:
    calm = Situation(world={})
    assert (calm.breaks, calm.statements, calm.footnotes, calm.adopted) == (0, 0, 0, True)
    assert Circumstances() == Circumstances(breaks=0, statements=0, footnotes=0, adopted=True)


# --- signature rules --------------------------------------------------------------------------------------------------

TOWNS = Roster(frozenset({"ASH", "BIR", "CED"}), 3)


@pytest.mark.rule("6.5")
@pytest.mark.parametrize(
    ("rule", "signers", "met"),
    [
        ({"signed": "ASH"}, {"ASH"}, True),
        ({"signed": ["ASH", "SEA"]}, {"ASH"}, False),
        ({"signed": ["ASH", "BIR", "CED"], "at_least": 2}, {"ASH", "CED"}, True),
        ({"signed": ["ASH", "BIR", "CED"], "at_least": 2}, {"ASH", "SEA"}, False),
        ({"allies_signed": 2}, {"ASH", "BIR"}, True),
        ({"allies_signed": 2}, {"ASH", "SEA", "MAY"}, False),
        ({"all": [{"signed": "ASH"}, {"congress": "passed"}]}, {"ASH"}, False),
        ({"any": [{"congress": "passed"}, {"mode": "large"}]}, set(), True),
        ({"not": {"signed": "ASH"}}, {"ASH"}, False),
    ],
)
def test_a_signature_rule(rule: dict[str, Any], signers: set[str], met: bool) -> None:
    test = compile_signature(CONDITION.validate_python(rule), TOWNS)
    assert test(Signatures(frozenset(signers), "large", congress=False)) is met


@pytest.mark.rule("1.2")
@pytest.mark.parametrize(
    ("number", "allies", "of", "threshold"),
    [
        pytest.param(20, 31, 31, 20, id="all allies"),
        pytest.param(20, 12, 31, 8, id="rule 1.2: 7.74 rounded up"),
        pytest.param(20, 6, 31, 4, id="rule 1.2: 3.87 rounded up"),
        pytest.param(31, 6, 31, 6, id="everybody stays everybody"),
        pytest.param(1, 6, 31, 1, id="never nobody"),
    ],
)
def test_a_threshold_is_a_share_of_the_casts_allies_rounded_up(
    number: int, allies: int, of: int, threshold: int
) -> None:
    assert Roster(frozenset(map(str, range(allies))), of).share(number) == threshold
    assert Roster(frozenset(map(str, range(allies))), of).share(number, never_below=5) == max(threshold, 5)


@pytest.mark.rule("1.2", "6.5")
def test_one_signature_may_be_enough_unless_the_rule_says_how_many_at_least() -> None:
    one = frozenset({"ASH"})
    for rule, met in (({"allies_signed": 1}, True), ({"allies_signed": 1, "never_below": 2}, False)):
        test = compile_signature(CONDITION.validate_python(rule), TOWNS)
        assert test(Signatures(one, None, congress=False)) is met


def test_conditions_and_signature_rules_do_not_mix() -> None:
    with pytest.raises(ValueError, match="signature"):
        compile_condition(CONDITION.validate_python({"congress": "passed"}), VOCABULARY)
    with pytest.raises(ValueError, match="signature"):
        compile_signature(CONDITION.validate_python({"flag": "bridge"}), TOWNS)


# --- properties -------------------------------------------------------------------------------------------------------

LEAVES = st.sampled_from(
    [
        {"issue": "toll", "is": "low"},
        {"issue": "toll", "at_least": "low"},
        {"in_set": "paid"},
        {"named": "steep"},
        {"issue": "crane", "is": "crane"},
        {"flag": "bridge"},
        {"holder": "ASH"},
        {"world": "dark", "is": True},
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=4).map(lambda found: {"all": found}),
        st.lists(parts, min_size=1, max_size=4).map(lambda found: {"any": found}),
        parts.map(lambda found: {"not": found}),
    ),
    max_leaves=12,
)
PACKAGES = st.tuples(st.sampled_from(["free", "low", "high"]), st.sampled_from(["bare", "crane"]))


@given(TREES, PACKAGES, st.sampled_from([CALM, BUSY]), st.sampled_from(["ASH", "BIR"]))
def test_compiled_explained_and_written_down_are_the_same(
    tree: dict[str, Any], package: tuple[str, str], situation: Situation, holder: str
) -> None:
    node = CONDITION.validate_python(tree)
    truth = compile_condition(node, VOCABULARY, holder)(package, situation)
    assert explain(node, package, situation, VOCABULARY, holder)[0] is truth
    again = CONDITION.validate_json(CONDITION.dump_json(node, by_alias=True, exclude_none=True))
    assert again == node
    negated = CONDITION.validate_python({"not": tree})
    assert compile_condition(negated, VOCABULARY, holder)(package, situation) is not truth


@given(TREES, PACKAGES, PACKAGES, st.sampled_from([CALM, BUSY]))
def test_only_the_issues_mentioned_can_change_the_truth(
    tree: dict[str, Any], package: tuple[str, str], other: tuple[str, str], situation: Situation
) -> None:
    node = CONDITION.validate_python(tree)
    looked_at = {name for kind, name in mentions(node, VOCABULARY) if kind == "issue"}
    mixed = tuple(
        theirs if issue not in looked_at else mine
        for issue, mine, theirs in zip(VOCABULARY.issues, package, other, strict=True)
    )
    test = compile_condition(node, VOCABULARY, "BIR")
    assert test(mixed, situation) is test(package, situation)
