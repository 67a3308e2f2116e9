"""The evaluator: a scenario compiled once, asked about packages in circumstances.

It answers what the rules and the screens ask: consistency, objections, points, reservation values, the scores and
figures, accession, complements in force, chances. Everything is exact (integers and fractions) and in scenario order.
It decides nothing, and it does not know who may see an answer: that is `view`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from game_rules.conditions import (
    OUTCOME,
    ComplementInForce,
    Condition,
    HeldBy,
    InForce,
    IssueId,
    Node,
    OptionId,
    Package,
    Roster,
    SeatId,
    Signatures,
    SignatureTest,
    Situation,
    Test,
    UnknownName,
    WorldValue,
    compile_condition,
    compile_signature,
    explain,
    leaves,
)
from game_rules.evaluation.circumstances import BASELINE, Circumstances
from game_rules.evaluation.instructions import Instructions, PointTerms, instructed
from game_rules.evaluation.scores import CompiledScore, Number, Score
from game_rules.evaluation.telling import Telling
from game_rules.scenario import (
    AddPoints,
    Answer,
    CastRule,
    ChangeRedLine,
    Complement,
    Effect,
    ProposeRevision,
    Scenario,
    Seat,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
    SignedComplement,
    Strength,
)

SITUATIONS_KEPT = 1024  # resolved circumstances kept in memory; a game goes through a few dozen
PACKAGES_KEPT = 16_384  # delegations look for a way out among the same neighbours of the same few drafts


class UnknownOption(UnknownName):
    """An option that the issue does not have. `known` are those it has."""

    def __init__(self, issue: IssueId, option: object, known: tuple[OptionId, ...]) -> None:
        super().__init__(f"option of {issue}", str(option), known)
        self.issue, self.option = issue, option


class MissingIssue(ValueError):
    """A package without an answer to these issues."""

    def __init__(self, issues: tuple[IssueId, ...]) -> None:
        super().__init__(f"the package says nothing on: {', '.join(issues)}")
        self.issues = issues


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A structural rule that a package breaks, with every option that is involved (rule 2.1)."""

    id: str
    sentence: str
    options: tuple[tuple[IssueId, OptionId], ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """An objection of a seat and the issues of the text that it rests on, in scenario order."""

    id: str
    issues: tuple[IssueId, ...]


StrengthOf: TypeAlias = Callable[[frozenset[SeatId]], Fraction]


@dataclass(frozen=True, slots=True)
class _Ground:
    """A ground for refusing accession, for allies that hold a red line.

    `shared` is the one test for all of them; where the ground looks at who holds it, `own` has a test for each.
    """

    id: str
    held_by_line: str
    shared: Test | None
    own: Mapping[SeatId, Test]
    holders: frozenset[SeatId]

    def refusing(self, terms: Package, world: Situation, holders: Iterable[SeatId]) -> Iterable[SeatId]:
        """Those of the holders that refuse these terms in that world."""
        if self.shared is not None:
            return holders if self.shared(terms, world) else ()
        return [seat for seat in holders if self.own[seat](terms, world)]


class Evaluator:
    """A scenario's rules as closures. `cast` makes thresholds and counts those of that cast (rule 1.2).

    Raises UnknownName for a cast the scenario lacks, and for any name in circumstances that it lacks.
    """

    def __init__(self, scenario: Scenario, cast: str | None = None) -> None:
        self.scenario = scenario
        self.cast = cast
        self.allies = scenario.allies_of(cast)
        self._issues = tuple(issue.id for issue in scenario.issues)
        self._options = {issue.id: issue.option_ids for issue in scenario.issues}
        self._voting = frozenset(scenario.voting_seats)
        self._roster = Roster(frozenset(self.allies), len(self._voting))
        self._rules = [
            (rule, compile_condition(rule.broken_when, scenario.vocabulary)) for rule in scenario.structural_rules
        ]
        self._instructions = {seat.id: Instructions(scenario, seat) for seat in scenario.seats.values()}
        self._scores = {rule.id: CompiledScore(rule, scenario.vocabulary, self) for rule in scenario.scores}
        self._figures = {rule.id: CompiledScore(rule, scenario.vocabulary, self) for rule in scenario.figures}
        self._signature_rules = {complement.id: self._compile_forms(complement) for complement in scenario.complements}
        self._grades = [
            (grade.id, compile_condition(grade.when, scenario.vocabulary) if grade.when is not None else None)
            for grade in scenario.benchmark.grades
        ]
        self._marks = [
            (mark.id, compile_condition(mark.when, scenario.vocabulary)) for mark in scenario.benchmark.checklist
        ]
        self._shifts = [
            (shift, compile_condition(shift.when, scenario.vocabulary)) for shift in scenario.aftermath.shifts
        ]
        self._outcomes = tuple(o.id for o in scenario.world_outcomes if o.id in scenario.aftermath.chances)
        self._telling = Telling(scenario)
        self._compile_accession()
        self._situation_of = lru_cache(maxsize=SITUATIONS_KEPT)(self._resolve)
        self._instructions_after = lru_cache(maxsize=SITUATIONS_KEPT)(self._compile_instructions_after)
        self._consistent = lru_cache(maxsize=PACKAGES_KEPT)(self._breaks_no_rule)
        self._complements_of = lru_cache(maxsize=SITUATIONS_KEPT)(self._in_force)
        self._last: tuple[Circumstances, Situation] | None = None
        self._last_in_force: tuple[tuple[SignedComplement, ...], Mapping[str, ComplementInForce]] | None = None
        self._last_ordered: tuple[tuple[Effect, ...], Mapping[SeatId, tuple[Effect, ...]]] = (), {}
        self._reservations: dict[SeatId, int] = {}

    # -- packages ------------------------------------------------------------------------------------------------

    def package(self, options: Mapping[str, str]) -> Package:
        """The options as a package, in the scenario's order of issues.

        Raises UnknownName for an issue, UnknownOption for an option the scenario lacks, MissingIssue for silence.
        """
        for issue in options:
            if issue not in self._options:
                raise UnknownName("issue", issue, self._issues)
        missing = tuple(issue for issue in self._issues if issue not in options)
        if missing:
            raise MissingIssue(missing)
        for issue in self._issues:
            if options[issue] not in self._options[issue]:
                raise UnknownOption(issue, options[issue], self._options[issue])
        return tuple(options[issue] for issue in self._issues)

    def options(self, package: Package) -> dict[IssueId, OptionId]:
        """The package as a mapping of issue to option."""
        return dict(zip(self._issues, package, strict=True))

    def is_consistent(self, package: Package) -> bool:
        """Whether the package breaks no structural rule."""
        return self._consistent(package)

    def _breaks_no_rule(self, package: Package) -> bool:
        situation = self.situation(BASELINE)
        return not any(broken(package, situation) for _, broken in self._rules)

    def rules_broken(self, package: Package) -> int:
        """How many structural rules the package breaks: for who weighs thousands of texts and explains none."""
        situation = self.situation(BASELINE)
        return sum(broken(package, situation) for _, broken in self._rules)

    def broken_rules(self, package: Package) -> tuple[BrokenRule, ...]:
        """Every structural rule the package breaks, in scenario order, with every option involved (rule 2.1)."""
        situation = self.situation(BASELINE)
        return tuple(
            BrokenRule(
                rule.id,
                rule.sentence,
                self._in_order(package, explain(rule.broken_when, package, situation, self.scenario.vocabulary)[1]),
            )
            for rule, broken in self._rules
            if broken(package, situation)
        )

    def _in_order(self, package: Package, issues: frozenset[IssueId]) -> tuple[tuple[IssueId, OptionId], ...]:
        return tuple((issue, option) for issue, option in zip(self._issues, package, strict=True) if issue in issues)

    # -- circumstances -------------------------------------------------------------------------------------------

    def situation(self, circumstances: Circumstances) -> Situation:
        """The circumstances resolved: deals' flags set, injects applied, complements in force worked out.

        Raises UnknownName for a world, deal, complement, mode or seat the scenario lacks, ValueError for a complement
        entered twice.
        """
        last = self._last
        if last is not None and last[0] is circumstances:
            return last[1]
        situation = self._situation_of(circumstances)
        self._last = circumstances, situation
        return situation

    def _resolve(self, circumstances: Circumstances) -> Situation:
        world, flags, shifts = self._world(circumstances.world), set(circumstances.flags), dict[str, int]()
        for deal in sorted(circumstances.deals):
            flags.update(self.scenario.deal(deal).sets_flags)
        for effect in circumstances.effects:
            match effect:
                case SetFlag(flag=flag, value=True):
                    flags.add(flag)
                case SetFlag(flag=flag):
                    flags.discard(flag)
                case SetWorld():
                    world = self._moved(world, effect)
                case ShiftScore(score=score, by=by):
                    shifts[score] = shifts.get(score, 0) + by
                case ShiftSalience() | ChangeRedLine() | AddPoints() | SetPreference() | SetAcceptable():
                    pass  # a capital's orders: see _capitals
                case ProposeRevision():  # the chair's to table; it changes no figure
                    pass
        return Situation(
            world=world,
            flags=frozenset(flags),
            deals=circumstances.deals,
            in_force=self._complements_of(circumstances.complements),
            allies_signing=circumstances.also_signed.union(*(signed.signers for signed in circumstances.complements))
            & self._roster.allies,
            adopted=circumstances.adopted,
            breaks=circumstances.breaks,
            statements=circumstances.statements,
            footnotes=circumstances.footnotes,
            shifts=shifts,
            capitals=_capitals(circumstances.effects),
        )

    def _world(self, outcome: str) -> dict[str, WorldValue]:
        return {**self.scenario.outcome(outcome).world, OUTCOME: outcome}

    def _moved(self, world: dict[str, WorldValue], effect: SetWorld) -> dict[str, WorldValue]:
        # rule 7.2: events move the state of the world
        if effect.variable == OUTCOME:
            return self._world(str(effect.value))
        return {**world, effect.variable: effect.value}

    # -- complements ---------------------------------------------------------------------------------------------

    def complements_in_force(self, circumstances: Circumstances) -> dict[str, Fraction]:
        """Complement to strength (0..1), for those whose signature rule is met, in scenario order."""
        return {name: found.strength for name, found in self.situation(circumstances).in_force.items()}

    def in_force(self, signed: SignedComplement) -> ComplementInForce | None:
        """The one complement as signed, None while its signature rule is not met (rule 6.5).

        Raises UnknownName for a complement, mode, status or seat the scenario lacks.
        """
        return self._complement_in_force(self.scenario.complement(signed.name), signed)

    def _all_in_force(self, signed: tuple[SignedComplement, ...]) -> Mapping[str, ComplementInForce]:
        """Those in force of what was signed. All delegations ask about the same signatures, one after the other."""
        last = self._last_in_force
        if last is not None and last[0] is signed:
            return last[1]
        found = self._complements_of(signed)
        self._last_in_force = signed, found
        return found

    def _in_force(self, signed: tuple[SignedComplement, ...]) -> dict[str, ComplementInForce]:
        entries = {entry.name: entry for entry in signed}
        if len(entries) < len(signed):
            raise ValueError("a complement is entered twice; there is one entry a complement")
        for name in entries:
            self.scenario.complement(name)
        found = {}
        for complement in self.scenario.complements:
            if complement.id in entries:
                in_force = self._complement_in_force(complement, entries[complement.id])
                if in_force is not None:
                    found[complement.id] = in_force
        return found

    def _complement_in_force(self, complement: Complement, entry: SignedComplement) -> ComplementInForce | None:
        for seat in entry.signers:
            self.scenario.seat(seat)
        mode = complement.form(entry.mode).mode
        signers = frozenset(entry.signers)
        rule_met, strength = self._signature_rules[complement.id][mode]
        if not rule_met(Signatures(signers, mode, entry.congress)):
            return None
        factor = Fraction(1)
        if entry.status is not None:
            if entry.status not in complement.statuses:
                raise UnknownName(f"status of {complement.id}", entry.status, tuple(complement.statuses))
            factor = complement.statuses[entry.status]
        return ComplementInForce(complement.id, strength(signers) * factor, mode, entry.defence, signers)

    def _compile_forms(self, complement: Complement) -> dict[str | None, tuple[SignatureTest, StrengthOf]]:
        forms = {}
        for form in complement.forms:
            own = self._own_rule(complement, form.mode) or form
            forms[form.mode] = (
                compile_signature(own.in_force_when, self._roster),
                self._compile_strength(own.strength),
            )
        return forms

    def _own_rule(self, complement: Complement, mode: str | None) -> CastRule | None:
        return next((own for own in complement.by_cast if (own.cast, own.mode) == (self.cast, mode)), None)

    def signature_rule(self, complement: Complement, mode: str | None) -> Condition:
        """Who must sign that form in this cast (rule 1.2). Raises UnknownName for a mode it lacks."""
        return (self._own_rule(complement, mode) or complement.form(mode)).in_force_when

    def _compile_strength(self, strength: Strength) -> StrengthOf:
        if strength.fixed is not None:
            fixed = strength.fixed
            return lambda signers: fixed
        if strength.of is not None:
            counted, full = frozenset(strength.of), Fraction(len(strength.of))
        else:
            assert strength.allies_full_at is not None  # Strength takes exactly one form
            counted = self._roster.allies
            full = Fraction(strength.allies_full_at * len(counted), self._roster.allies_in_scenario)
        return lambda signers: min(Fraction(1), len(signers & counted) / full)

    def congress_bonus(self, complement: str, package: Package, circumstances: Circumstances) -> int:
        """What is added to the throw of the legislature's test as things stand; 0 without a test (rule 6.5)."""
        test = self.scenario.complement(complement).congress_test
        situation = self.situation(circumstances)
        return sum(
            bonus.points
            for bonus in (test.bonuses if test is not None else ())
            if compile_condition(bonus.when, self.scenario.vocabulary)(package, situation)
        )

    # -- seats ---------------------------------------------------------------------------------------------------

    def _of(self, seat: SeatId, capitals: Mapping[SeatId, tuple[Node, ...]]) -> Instructions:
        if seat in capitals:
            return self._instructions_after(seat, capitals[seat])
        return self._instructions[seat]

    def _compile_instructions_after(self, seat: SeatId, effects: tuple[Node, ...]) -> Instructions:
        changed, extra = instructed(self.scenario.seat(seat), effects)
        return Instructions(self.scenario, changed, extra)

    def instructions(self, seat: SeatId, circumstances: Circumstances = BASELINE) -> tuple[Instructions, Situation]:
        """What `points` and `objections` ask, for whoever asks them of many packages in the same circumstances."""
        situation = self.situation(circumstances)
        return self._of(seat, situation.capitals), situation

    def concerning(self, seat: SeatId, circumstances: Circumstances) -> tuple[Circumstances, Number]:
        """The circumstances as far as the seat's judgment of a text hangs on them; and the rest of them, as points.

        Those are the signed points of what was done beside the text, whatever the text says; exact.
        """
        instructions = self._of(seat, self._ordered_by(circumstances.effects))
        return instructions.concerned(circumstances), self.beside(instructions, circumstances)

    def _ordered_by(self, effects: tuple[Effect, ...]) -> Mapping[SeatId, tuple[Effect, ...]]:
        """What each capital has ordered. All delegations ask after the same news, one after the other."""
        if self._last_ordered[0] is not effects:
            self._last_ordered = effects, _capitals(effects)
        return self._last_ordered[1]

    def beside(self, instructions: Instructions, circumstances: Circumstances) -> Number:
        """What was done beside the text brings whoever has these instructions, in signed points; exact."""
        in_force = self._all_in_force(circumstances.complements)
        return instructions.beside(circumstances.deals, in_force, circumstances.breaks)

    def instructed(self, seat: SeatId, circumstances: Circumstances = BASELINE) -> Seat:
        """The seat with its instructions as they stand now, after what its capital has changed (rule 7.3)."""
        return self._of(seat, _capitals(circumstances.effects)).seat

    def objections(self, seat: SeatId, package: Package, circumstances: Circumstances = BASELINE) -> tuple[str, ...]:
        """Why the seat would object: `path_not_acceptable` first, then red lines in the seat's order.

        A seat without a vote has an answer too (the lines crossed); only voting seats can act on it. Raises KeyError
        for an unknown seat.
        """
        situation = self.situation(circumstances)
        return self._of(seat, situation.capitals).objections(package, situation)

    def objectors(self, package: Package, circumstances: Circumstances = BASELINE) -> dict[SeatId, tuple[str, ...]]:
        """Every voting ally at the table that would object, with its reasons, in table order."""
        situation = self.situation(circumstances)
        found = {seat: self._of(seat, situation.capitals).objections(package, situation) for seat in self.allies}
        return {seat: reasons for seat, reasons in found.items() if reasons}

    def crossing(self, seat: SeatId, package: Package, circumstances: Circumstances = BASELINE) -> tuple[Crossing, ...]:
        """The seat's objections, each with the issues of the text it rests on."""
        situation = self.situation(circumstances)
        instructions = self._of(seat, situation.capitals)
        crossed = []
        for objection in instructions.objections(package, situation):
            behind = instructions.issues_behind(objection, package, situation)
            crossed.append(Crossing(objection, tuple(issue for issue in self._issues if issue in behind)))
        return tuple(crossed)

    def points(self, seat: SeatId, package: Package, circumstances: Circumstances = BASELINE) -> int:
        """What the package is worth to the seat, 0..100 (rule 8.8). Raises KeyError for an unknown seat."""
        situation = self.situation(circumstances)
        return self._of(seat, situation.capitals).points(package, situation)

    def point_terms(self, seat: SeatId, package: Package, circumstances: Circumstances = BASELINE) -> PointTerms:
        """The seat's points by issue and by signed term."""
        situation = self.situation(circumstances)
        return self._of(seat, situation.capitals).point_terms(package, situation)

    def reservation(self, seat: SeatId) -> int:
        """The points of no agreement: the status quo, not adopted, plus the seat's own offset; 0..100 (rule 8.8)."""
        if seat not in self._reservations:
            status_quo = self.package(self.scenario.status_quo.options)
            points = self.points(seat, status_quo, replace(BASELINE, adopted=False))
            offset = self.scenario.seat(seat).reservation_offset
            self._reservations[seat] = min(max(points + offset, 0), 100)
        return self._reservations[seat]

    def lines_crossed(self, seat: SeatId, package: Package, situation: Situation) -> int:
        """How many red lines of the seat the package crosses."""
        return len(self._of(seat, situation.capitals).red_lines_crossed(package, situation))

    def nations_below_reservation(self, package: Package, situation: Situation) -> int:
        """How many voting allies at the table have fewer points than their reservation value."""
        return sum(
            self._of(seat, situation.capitals).points(package, situation) < self.reservation(seat)
            for seat in self.allies
        )

    # -- scores --------------------------------------------------------------------------------------------------

    def scores(self, package: Package, circumstances: Circumstances = BASELINE) -> dict[str, Score]:
        """The scenario's considerations, in its order, exact (brief V)."""
        situation = self.situation(circumstances)
        return {name: compiled.score(package, situation) for name, compiled in self._scores.items()}

    def figure(self, figure: str, package: Package, circumstances: Circumstances = BASELINE) -> Score:
        """A figure shown beside the scores. Raises UnknownName."""
        if figure not in self._figures:
            raise UnknownName("figure", figure, tuple(self._figures))
        return self._figures[figure].score(package, self.situation(circumstances))

    def exact_score(self, score: str, package: Package, situation: Situation) -> Fraction:
        """A consideration's value before rounding."""
        return self._scores[score].score(package, situation).value

    def benchmark(self, package: Package, circumstances: Circumstances = BASELINE) -> str:
        """The verdict of the scenario's benchmark: the first grade whose condition holds."""
        situation = self.situation(circumstances)
        return next(grade for grade, holds in self._grades if holds is None or holds(package, situation))

    def checklist(self, package: Package, circumstances: Circumstances = BASELINE) -> dict[str, bool]:
        """The benchmark's marks, each given or not, in scenario order."""
        situation = self.situation(circumstances)
        return {mark: holds(package, situation) for mark, holds in self._marks}

    # -- accession -----------------------------------------------------------------------------------------------

    def _compile_accession(self) -> None:
        accession, vocabulary = self.scenario.accession, self.scenario.vocabulary
        self._grounds = [
            self._ground(line, line, self.scenario.red_line(line).crossed_when) for line in accession.red_lines
        ] + [self._ground(other.id, other.held_by_line, other.when) for other in accession.others]
        self._readings = [
            (vocabulary.position(reading.issue), reading.read_as, compile_condition(reading.unless, vocabulary))
            for reading in accession.read
        ]
        self._accession_worlds = {world: Situation(world=self._world(world)) for world in accession.worlds}

    def _ground(self, name: str, line: str, condition: Condition) -> _Ground:
        """One test for all holders, or one each where the line looks at who holds it."""
        seats = self.scenario.voting_seats
        holders = {seat for seat in seats if any(held.id == line for held in self.scenario.seats[seat].red_lines)}
        if not _looks_at_holder(condition, self.scenario):
            return _Ground(name, line, compile_condition(condition, self.scenario.vocabulary), {}, frozenset(holders))
        own = {seat: compile_condition(condition, self.scenario.vocabulary, seat) for seat in seats}
        return _Ground(name, line, None, own, frozenset(holders))

    def accession_refusals(
        self, package: Package, world: str, circumstances: Circumstances = BASELINE
    ) -> dict[SeatId, tuple[str, ...]]:
        """The allies of the scenario that would refuse entry on these terms in that world (rule 8.5), with grounds.

        In table order. Side deals do not count (scoring, section 6); injects that changed a capital's red lines do.
        Raises UnknownName for an unknown world.
        """
        situation = self.situation(circumstances)
        # where the circumstances are those of this very outcome, they may have a world variable of their own
        world_then = situation.world if situation.world[OUTCOME] == world else self._world(world)
        found = self._refusing(package, Situation(world=world_then), situation)
        return {seat: found[seat] for seat in self.scenario.voting_seats if seat in found}

    def accession_blockers(self, package: Package, circumstances: Circumstances = BASELINE) -> Fraction:
        """How many allies refuse; while the world is undecided the mean of the possible ones, to one decimal."""
        return self.refusals(package, self.situation(circumstances))

    def refusals(self, package: Package, situation: Situation) -> Fraction:
        """`accession_blockers` of a situation."""
        accession = self.scenario.accession
        if situation.world[OUTCOME] in accession.worlds:
            return Fraction(len(self._refusing(package, Situation(world=situation.world), situation)))
        counts = [len(self._refusing(package, world, situation)) for world in self._accession_worlds.values()]
        return round(Fraction(sum(counts), len(counts)), accession.decimals)

    def _refusing(self, package: Package, world: Situation, situation: Situation) -> dict[SeatId, tuple[str, ...]]:
        read = list(package)
        for position, option, stands in self._readings:
            if not stands(package, world):
                read[position] = option
        terms = tuple(read)
        found: dict[SeatId, tuple[str, ...]] = {}
        for ground in self._grounds:
            for seat in ground.refusing(terms, world, self._holders(ground, situation)):
                found[seat] = (*found.get(seat, ()), ground.id)
        return found

    def _holders(self, ground: _Ground, situation: Situation) -> Iterable[SeatId]:
        """Those whose instructions hold the line; capitals that wrote home since may have changed it (rule 7.3)."""
        asked_anew = situation.capitals.keys() & self._voting
        if not asked_anew:
            return ground.holders
        holding = {
            seat
            for seat in asked_anew
            if any(held.id == ground.held_by_line for held in self._of(seat, situation.capitals).seat.red_lines)
        }
        return (ground.holders - asked_anew) | holding

    def answers(self, package: Package, circumstances: Circumstances = BASELINE) -> dict[str, Answer]:
        """The answers to the scenario's questions of the aftermath, in its order (rules 8.3, 8.4)."""
        return self._telling.answers(package, self.situation(circumstances))

    def page(
        self, package: Package, circumstances: Circumstances, refusals: Mapping[SeatId, tuple[str, ...]]
    ) -> list[str]:
        """The page that tells the aftermath of a text in the world of the circumstances, in paragraphs (rule 8.6)."""
        situation = self.situation(circumstances)
        return self._telling.page(package, situation, str(situation.world[OUTCOME]), refusals)

    # -- the aftermath -------------------------------------------------------------------------------------------

    def chances(self, package: Package, circumstances: Circumstances = BASELINE) -> dict[str, int]:
        """The chance of each world outcome, in parts of `scenario.aftermath.whole`, summing to it exactly (rule 8.2).

        What was agreed moves parts from one outcome to another, in the scenario's order and as far as they last. Where
        news have told the outcome already, it is certain.
        """
        situation = self.situation(circumstances)
        told = situation.world[OUTCOME]
        if told in self._outcomes:
            whole = self.scenario.aftermath.whole
            return {outcome: whole if outcome == told else 0 for outcome in self._outcomes}
        chances = {outcome: self.scenario.aftermath.chances[outcome] for outcome in self._outcomes}
        for shift, holds in self._shifts:
            if holds(package, situation):
                parts = min(shift.parts, chances[shift.taken_from])
                chances[shift.taken_from] -= parts
                chances[shift.given_to] += parts
        return chances


def _capitals(effects: tuple[Effect, ...]) -> dict[SeatId, tuple[Effect, ...]]:
    """What each capital has ordered, in the order it came (rule 7.3)."""
    capitals: dict[SeatId, tuple[Effect, ...]] = {}
    for effect in effects:
        match effect:
            case ShiftSalience(seats=seats) | ChangeRedLine(seats=seats) | AddPoints(seats=seats):
                for seat in seats:
                    capitals[seat] = (*capitals.get(seat, ()), effect)
            case SetPreference(seat=seat) | SetAcceptable(seat=seat):
                capitals[seat] = (*capitals.get(seat, ()), effect)
            case SetFlag() | SetWorld() | ShiftScore() | ProposeRevision():
                pass
    return capitals


def _looks_at_holder(condition: Condition, scenario: Scenario) -> bool:
    """Whether a condition can come out differently for two seats."""
    nodes = list(leaves(condition, scenario.vocabulary))
    return any(isinstance(node, HeldBy) or (isinstance(node, InForce) and node.signed_by) for node in nodes)
