"""The tables of `docs/rules.md`: where each rule is coded and proved, and what encodes each point of the brief.

The rulebook itself is written by hand; between `<!-- generated: NAME -->` and `<!-- end: NAME -->` the tables are
written anew. Tests say by the markers `rule` and `brief` what they prove; the markers are read from the source, so a
table cites no test that is not there. `tests/docs/test_rules.py` asks that no row is empty.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "docs/rules.md"
BLOCK = re.compile(r"<!-- generated: (?P<name>[\w ]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says in a few words, and the modules that carry it out."""

    words: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A hurdle, option, condition or consideration of the brief, and what encodes it.

    `data` are parts of the Vilnius scenario: `red_line:ID`, `deal:ID`, `complement:ID`, `score:ID`, `figure:ID`,
    `mark:ID` (of the benchmark), `outcome:ID` (of the war), `shift:ID` (of its chances), `structural_rule:ID`,
    `issue:ID` or `issue:ID=OPTION`.
    """

    words: str
    rules: tuple[str, ...]
    data: tuple[str, ...]


def _rule(words: str, *modules: str) -> Rule:
    return Rule(words, modules)


PROCEDURES = "game_rules/procedures"
EVALUATOR = "game_rules/evaluation/evaluator.py"

RULES: Mapping[str, Rule] = {
    "1.1": _rule("who sits at the table, and what each kind of seat may do", f"{PROCEDURES}/standing.py"),
    "1.2": _rule("casts; seats nobody takes; thresholds as shares", "game_rules/state.py", f"{PROCEDURES}/silence.py"),
    "1.3": _rule("members of a seat and their roles", f"{PROCEDURES}/seating.py", f"{PROCEDURES}/standing.py"),
    "1.4": _rule("formal acts and the head's signature", f"{PROCEDURES}/delegation.py"),
    "1.5": _rule("a seat falls vacant, and is its people's again", f"{PROCEDURES}/seating.py", "server/ticker.py"),
    "1.6": _rule("who plays a vacant seat", f"{PROCEDURES}/standing.py", "game_rules/bots/turn.py"),
    "1.7": _rule("every game ends", "game_rules/engine.py", f"{PROCEDURES}/clock.py"),
    "2.1": _rule("packages: one option an issue, consistent", f"{PROCEDURES}/drafting.py", EVALUATOR),
    "2.2": _rule(
        "drafts, cosponsors, the basis, the text", f"{PROCEDURES}/drafting.py", "game_rules/view/communique.py"
    ),
    "2.3": _rule(
        "amendments and the single negotiating text", f"{PROCEDURES}/drafting.py", f"{PROCEDURES}/single_text.py"
    ),
    "2.4": _rule("[brackets] with the seats behind each alternative", "game_rules/view/public.py"),
    "2.5": _rule("acts name the revision their author saw", f"{PROCEDURES}/drafting.py"),
    "2.6": _rule("a revision under silence is frozen", f"{PROCEDURES}/drafting.py"),
    "3.1": _rule("positions, in public and in confidence", f"{PROCEDURES}/positions.py", "game_rules/bots/chair.py"),
    "3.2": _rule("a new revision makes a position stale", "game_rules/state.py"),
    "3.3": _rule("straw polls", f"{PROCEDURES}/positions.py"),
    "4.1": _rule("consensus: no vote, one objection is enough", f"{PROCEDURES}/silence.py"),
    "4.2": _rule("putting a text under silence", f"{PROCEDURES}/silence.py"),
    "4.3": _rule("the ladder of dissent and its price", f"{PROCEDURES}/silence.py"),
    "4.4": _rule("breaking silence in writing", f"{PROCEDURES}/silence.py"),
    "4.5": _rule("what was objected to is barred", f"{PROCEDURES}/silence.py"),
    "4.6": _rule("the instant of the deadline", f"{PROCEDURES}/silence.py", "server/store/interface.py"),
    "4.7": _rule("silence held: adopted", f"{PROCEDURES}/silence.py", f"{PROCEDURES}/ending.py"),
    "4.8": _rule("nothing decides for a human; strict games", f"{PROCEDURES}/standing.py"),
    "5.1": _rule("rooms and messages", f"{PROCEDURES}/talk.py"),
    "5.2": _rule("who can read a room", "game_rules/view/public.py"),
    "5.3": _rule("no room shows to those outside it", "game_rules/view/private.py"),
    "5.4": _rule("names and words in an erasable side table", "server/texts.py"),
    "6.1": _rule("side deals: offer, counter, sign", f"{PROCEDURES}/trade.py"),
    "6.2": _rule("who knows of a deal", "game_rules/view/trade.py", f"{PROCEDURES}/trade.py"),
    "6.3": _rule("promises and their verdicts", f"{PROCEDURES}/promises.py"),
    "6.4": _rule("deals betrayed", f"{PROCEDURES}/trade.py"),
    "6.5": _rule("complements, signatures, the Congress test", f"{PROCEDURES}/complements.py", EVALUATOR),
    "7.1": _rule("the agenda and the clock", f"{PROCEDURES}/clock.py"),
    "7.2": _rule("the war", EVALUATOR),
    "7.3": _rule("injects and their effects", f"{PROCEDURES}/injects.py", "game_rules/evaluation/instructions.py"),
    "8.1": _rule("adoption, fallback, deadlock", "game_rules/engine.py", f"{PROCEDURES}/ending.py"),
    "8.2": _rule("how this phase of the war ends", f"{PROCEDURES}/ending.py", EVALUATOR),
    "8.3": _rule("is the trigger reached?", EVALUATOR),
    "8.4": _rule("are the borders settled, and low-level conflict?", EVALUATOR),
    "8.5": _rule("accession, ally by ally", f"{PROCEDURES}/ending.py", EVALUATOR),
    "8.6": _rule("the page that tells it, and the chances beside it", f"{PROCEDURES}/ending.py"),
    "8.7": _rule("each delegation's result", f"{PROCEDURES}/ending.py"),
    "8.8": _rule("points and reservation values", "game_rules/evaluation/instructions.py", "game_rules/appraisal.py"),
    "8.9": _rule("better is on the table, at a price", "scenarios/vilnius-2023/seats.yaml"),
    "8.10": _rule("the six considerations, cohesion, the benchmarks", f"{PROCEDURES}/ending.py"),
    "9.1": _rule("who may know what", "game_rules/view/private.py", "game_rules/view/public.py"),
    "9.2": _rule("no secret moves a byte of another viewer's", "game_rules/view/__init__.py"),
    "9.3": _rule("what is allowed hangs on the actor's own view", "game_rules/affordances.py"),
    "9.4": _rule("bots and deputies are no oracles", "game_rules/bots/turn.py"),
    "9.5": _rule("digest, seed and head of the log stay inside", "game_rules/view/__init__.py"),
    "10": _rule("what the facilitator can do", f"{PROCEDURES}/facilitation.py", f"{PROCEDURES}/rewinding.py"),
}
"""Every rule of sections 1 to 10."""


def _point(words: str, rules: str, *data: str) -> Point:
    return Point(words, tuple(rules.split()), data)


BRIEF: Mapping[str, Point] = {
    # --- hurdles
    "II.B concur": _point(
        "every ally must concur, and ratify", "4.1 4.4 8.5", "red_line:no_membership_during_active_conflict"
    ),
    "II.B hold-up": _point(
        "two allies hold Sweden up for reasons of their own",
        "6.1 6.2",
        "red_line:requires_sweden_linkage_resolved",
        "deal:sd_tur_swe",
        "deal:sd_tur_f16",
        "deal:sd_hun_swe",
    ),
    "II.B war": _point(
        "members fear to be drawn into the war at once",
        "8.5",
        "red_line:no_membership_during_active_conflict",
        "red_line:no_invitation_during_active_conflict",
    ),
    "II.B occupied": _point(
        "some will not concur while land is occupied", "8.5", "red_line:no_accession_while_territory_occupied"
    ),
    "II.B corruption": _point(
        "corruption: progress is asked for",
        "8.5",
        "red_line:requires_corruption_progress",
        "issue:reform",
        "deal:sd_eu_reform_report",
    ),
    # --- the nature of the commitment, borders, the three worlds
    "III.A each": _point(
        "each ally answers an attack as it deems necessary",
        "2.1",
        "red_line:no_low_level_conflict_automaticity",
        "issue:low_level=calibrated_national",
    ),
    "III.A individually": _point(
        "nations may act without unanimity", "6.5", "complement:core_group", "red_line:no_mandatory_lethal_contribution"
    ),
    "III.B W1": _point("Russia is beaten back", "8.2", "outcome:W1"),
    "III.B W2": _point("low-level conflict goes on", "8.2", "outcome:W2"),
    "III.B W3": _point("a cease-fire line, with land occupied", "8.2", "outcome:W3"),
    "III.B borders": _point(
        "which borders would be defended",
        "8.4",
        "issue:borders",
        "red_line:requires_borders_decided_before_invitation",
        "red_line:no_recognition_of_occupation",
    ),
    "III.B force": _point(
        "may Ukraine retake land by force as a member?",
        "8.5",
        "issue:nonforce",
        "red_line:requires_nonforce_assurance_if_territory_occupied",
    ),
    "III.B low-level": _point("fire across the line", "8.4", "issue:low_level"),
    "III.B later": _point(
        "much may be left to the time of an offer", "2.1", "issue:nonforce=deferred", "issue:borders=defer"
    ),
    # --- the five options
    "III.C.1": _point("fast track without conditions", "2.1", "issue:path=fast_track", "structural_rule:V02"),
    "III.C.1 no assurance": _point(
        "no assurance on force, and no condition", "2.1", "structural_rule:V02", "issue:nonforce=absent"
    ),
    "III.C.1 incentive": _point("Russia has less reason to stop", "8.2", "shift:no_reason_to_stop"),
    "III.C.2": _point(
        "fast track with conditions of its own",
        "2.1",
        "issue:path=fast_track_with_conditions",
        "structural_rule:V03",
        "structural_rule:V04",
    ),
    "III.C.2 force": _point(
        "condition: no force for what stays occupied; pressure on Russia; self-defence untouched",
        "2.1",
        "issue:nonforce=required_if_occupied",
        "deal:sd_ukr_nonforce_letter",
        "red_line:nonforce_only_for_real_membership",
    ),
    "III.C.2 corruption": _point("condition: less corruption", "2.1", "issue:reform=explicit_eu"),
    "III.C.2 courts": _point("condition: independent courts", "2.1", "issue:reform=explicit_benchmarked"),
    "III.C.2 minorities": _point(
        "condition: the rights of all minorities",
        "2.1",
        "issue:minority=eu_aligned",
        "red_line:requires_minority_rights",
        "deal:sd_ukr_minority_law",
    ),
    "III.C.2 control": _point(
        "allies keep control of what follows", "2.1", "red_line:no_automatic_invitation", "issue:trigger=allies_agree"
    ),
    "III.C.3": _point("a Membership Action Plan", "2.1", "issue:path=membership_action_plan", "structural_rule:V05"),
    "III.C.3 review": _point(
        "condition: yearly review, further criteria", "2.1", "issue:trigger=after_review", "structural_rule:V05"
    ),
    "III.C.3 support": _point(
        "with continued military and economic support",
        "2.1",
        "issue:assurances=guaranteed_floor",
        "red_line:no_unfunded_support_floor",
    ),
    "III.C.4": _point("a new partnership", "2.1", "issue:path=new_partnership", "structural_rule:V06"),
    "III.C.4 support": _point(
        "condition: it arms, trains and equips for the long term", "2.1", "issue:assurances=multi_year"
    ),
    "III.C.4 funding": _point(
        "if possible from common funding",
        "2.1",
        "issue:common_funding",
        "red_line:no_common_funding",
        "red_line:no_common_funding_of_lethal_aid",
        "structural_rule:V15",
    ),
    "III.C.5": _point(
        "2008 once more, with a high-level group",
        "2.1 8.1",
        "issue:path=bucharest_with_group",
        "structural_rule:V07",
    ),
    "III.C.5 group": _point("condition: a group that sets the way", "2.1", "issue:forum=hlg", "structural_rule:V10"),
    "III.C.5 date": _point(
        "condition: an early target date",
        "2.1",
        "issue:target_date",
        "red_line:no_binding_target_date",
        "red_line:no_target_date_at_all",
        "structural_rule:V09",
    ),
    "III.C.5 bare": _point(
        "a bare repetition would be unwise",
        "8.1",
        "issue:path=bucharest_repeat",
        "red_line:rejects_mere_bucharest_repeat",
        "structural_rule:V08",
    ),
    # --- complements
    "IV.A.1": _point("a permanent Contact Group", "6.5", "complement:contact_group_permanent"),
    "IV.A.2": _point("a core group", "6.5", "complement:core_group"),
    "IV.A.3": _point("laws like the Taiwan Relations Act", "6.5", "complement:tra_language"),
    "IV.A.4": _point("a faster way into the European Union", "6.5", "complement:eu_accelerated", "deal:sd_eu_role"),
    "IV.B.1": _point("a concurrent resolution of Congress", "6.5", "complement:us_concurrent_resolution"),
    "IV.B.2": _point(
        "major non-NATO ally; reads as a substitute", "6.5", "complement:us_mnna", "issue:no_substitute=included"
    ),
    "IV.C": _point("the Israel model, alone inadequate", "6.5", "complement:israel_model"),
    # --- the six considerations
    "V.1": _point("as multilateral as possible", "8.10", "score:S1"),
    "V.2": _point("realistic, and moving towards membership", "8.10", "score:S2"),
    "V.3": _point("clear for the long term", "8.10", "score:S3"),
    "V.4": _point("deter, and prevent a wider war", "8.10", "score:S4"),
    "V.5": _point(
        "Ukraine decides whether to negotiate",
        "8.10",
        "score:S5",
        "issue:negotiation",
        "red_line:no_constraint_on_ukraine_negotiation",
    ),
    "V.6": _point("with the money it takes", "8.10", "score:S6", "issue:common_funding"),
    # --- conclusions and the minimum
    "VI immediate": _point("joining in the war would not succeed", "8.10", "issue:trigger=immediate", "score:S2"),
    "VI undivided": _point("the alliance must not divide as in 2008", "4.3 8.10", "figure:cohesion"),
    "VI minimum": _point(
        "the minimum: an action plan, or its equal, with support", "8.10", "mark:path", "mark:support"
    ),
    "VI date": _point("a target date might be set", "8.10", "mark:date", "issue:target_date"),
    "VI multilateral": _point("multilateral beats unilateral", "8.10", "mark:multilateral", "score:S1"),
    "VI planning": _point("Ukraine in military planning", "8.10", "mark:planning", "issue:planning"),
    "VI borders": _point(
        "borders and low-level conflict, before an invitation", "8.10", "mark:borders", "mark:low_level"
    ),
    "VI destination": _point(
        "membership is where it leads",
        "8.10",
        "mark:perspective",
        "issue:perspective",
        "red_line:requires_explicit_membership_perspective",
        "red_line:no_irreversible_wording",
    ),
}
"""What the brief asks a game of it to hold: section, then a word where a section holds several points."""


# --- what tests say they prove


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """A test that says it proves something. `file` is relative to the repository."""

    file: str
    test: str


def cited(marker: str) -> dict[str, list[Cited]]:
    """The tests under `tests/` by what `@pytest.mark.<marker>(...)` says they prove, each list sorted.

    Marks on classes and in `pytestmark` count for the tests below them, marks on a parameter for its test.
    """
    found: dict[str, set[Cited]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT).as_posix()
        for name, keys in _marked(ast.parse(path.read_text(encoding="utf-8")).body, marker, ()):
            for key in keys:
                found.setdefault(key, set()).add(Cited(file, name))
    return {key: sorted(tests) for key, tests in found.items()}


def _marked(body: list[ast.stmt], marker: str, outer: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    above = (*outer, *_pytestmark(body, marker))
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _marked(node.body, marker, (*above, *_marks(node.decorator_list, marker)))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, (*above, *_marks(node.decorator_list, marker))


def _pytestmark(body: list[ast.stmt], marker: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            marks = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            yield from _marks(marks, marker)


def _marks(expressions: Iterable[ast.expr], marker: str) -> Iterator[str]:
    """What the marks say, those on single parameters too."""
    for one in (node for expression in expressions for node in ast.walk(expression)):
        if isinstance(one, ast.Call) and ast.unparse(one.func) == f"pytest.mark.{marker}":
            yield from (ast.literal_eval(argument) for argument in one.args)


# --- the page


def pages() -> dict[str, str]:
    """The rulebook with its tables. Raises KeyError for a block of unknown name."""
    blocks = {"rules": rules_table, "brief": brief_table}
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    return {PAGE: BLOCK.sub(lambda block: _block(block["name"], blocks[block["name"]]()), page)}


def _block(name: str, text: str) -> str:
    return f"<!-- generated: {name} -->\n{text}\n<!-- end: {name} -->"


def rules_table() -> str:
    tests = cited("rule")
    return _table(
        ("rule", "what it says", "code", "tests"),
        ((number, rule.words, _codes(rule.modules), _tests(tests.get(number, []))) for number, rule in RULES.items()),
    )


def brief_table() -> str:
    tests = cited("brief")
    return _table(
        ("brief", "what it says, in our words", "rules", "encoded by", "tests"),
        (
            (key, point.words, ", ".join(point.rules), _codes(point.data), _tests(tests.get(key, [])))
            for key, point in BRIEF.items()
        ),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _codes(names: Iterable[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


def _tests(tests: list[Cited]) -> str:
    by_file: dict[str, list[str]] = {}
    for one in tests:
        by_file.setdefault(one.file, []).append(one.test)
    return "<br>".join(f"`{file}`: {', '.join(names)}" for file, names in by_file.items())
