"""A view as short lines for a person to read: (section, field) → value.

The parts that matter are worded here; whatever else a view holds shows as plain JSON, so that nothing a viewer gets
can hide from a transcript.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from game_rules.scenario import canonical_json

Lines = dict[tuple[str, str], str]
Entry = tuple[str, str, str]
Seen = Mapping[str, Any]

QUOTED_CHARACTERS = 50
"""Views name a text by its beginning; the act that brought it has it in full."""


def duration(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    seconds, thousandths = divmod(rest, 1_000)
    return f"{minutes}:{seconds:02}" + (f".{thousandths:03}" if thousandths else "")


def fingerprint(value: Any) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()[:8]


class Wording:
    """Words views of one game. `texts` is the side table: text id → text."""

    def __init__(self, texts: Mapping[str, str], fixed: Mapping[str, str], opening: int) -> None:
        """`fixed` are the issues that the cast has settled: they show only where a text says otherwise.

        `opening` is the moment the game was made, in milliseconds since 1970: times are told from there.
        """
        self._texts = texts
        self._fixed = fixed
        self._opening = opening

    def moment(self, at: int | None) -> str:
        return "never" if at is None else f"+{duration(at - self._opening)}"

    def quoted(self, text: str | None, characters: int = QUOTED_CHARACTERS) -> str:
        if text is None:
            return ""
        said = self._texts.get(text, text)
        return f"“{said if len(said) <= characters else said[: characters - 1].rstrip() + '…'}”"

    def lines(self, half: Seen) -> Lines:
        """One half of a view. The order is the view's own."""
        return {
            (section, field): value
            for name, held in half.items()
            if held is not None
            for section, field, value in _WORDED.get(name, _plain(name))(self, held)
        }

    def package(self, package: Mapping[str, str]) -> str:
        open_issues = (f"{issue}={option}" for issue, option in package.items() if self._fixed.get(issue) != option)
        return " ".join(open_issues)

    # --- public

    def scenario(self, held: Seen) -> Iterator[Entry]:
        yield "scenario", "title", held["title"]
        yield "scenario", "everything else", fingerprint(held)

    def clock(self, held: Seen) -> Iterator[Entry]:
        yield "clock", "status", held["status"]
        yield "clock", "phase", held["phase"]
        yield "clock", "phase ends", self.moment(held["phase_ends_at"])
        if held["paused_at"] is not None:
            yield "clock", "paused", self.moment(held["paused_at"])
        if held["asked"] is not None:
            yield "clock", "asked", f"about {held['asked']['seat']} until {self.moment(held['asked']['until'])}"
        if held["fallback"] is not None:
            due = held["fallback"]
            yield "clock", "fallback", f"put by {self.moment(due['put_by'])}, decided {self.moment(due['ends_at'])}"

    def seats(self, held: Seen) -> Iterator[Entry]:
        for seat, there in held.items():
            people = [self._person(one) for one in there["members"]]
            yield f"seat {seat}", "members", ", ".join(people) or "nobody"
            yield f"seat {seat}", "played by", there["player"]
            yield f"seat {seat}", "when away", there["policy"]

    def _person(self, one: Seen) -> str:
        away = ", away" if one["away"] else ""
        acting = ", acts as head" if one["acting_head"] else ""
        return f"{self.quoted(one['name'])} {one['role']}{away}{acting}"

    def drafts(self, held: Seen) -> Iterator[Entry]:
        for draft in held.values():
            section = f"draft {draft['id']}"
            yield section, "author", draft["author"]
            yield section, "revision", str(draft["revision"])
            yield section, "status", draft["status"] + (", the fallback" if draft["fallback"] else "")
            yield section, "cosponsors", " ".join(draft["cosponsors"]) or "none"
            for issue, option in draft["package"].items():
                if self._fixed.get(issue) != option:
                    yield section, issue, option
            if draft["history"]:
                yield section, "earlier", f"{len(draft['history'])} {fingerprint(draft['history'])}"

    def amendments(self, held: Seen) -> Iterator[Entry]:
        for one in held.values():
            section = f"amendment {one['id']}"
            yield section, "from", f"{one['proposer']} on {one['draft']} r{one['revision']}"
            yield section, "changes", self.package(one["changes"])
            yield section, "status", one["status"]
            if one["accepted"]:
                yield section, "accepted", " ".join(one["accepted"])
            if one["note"]:
                yield section, "note", self.quoted(one["note"])

    def positions(self, held: Seen, name: str = "positions") -> Iterator[Entry]:
        for draft, by_seat in held.items():
            for seat, one in by_seat.items():
                yield f"{name} {draft}", seat, self._position(one)

    def _position(self, one: Seen) -> str:
        said = [one["position"], f"at r{one['revision']}", *one["issues"]]
        said += [self.quoted(one["reason"], 30)] if one["reason"] else []
        said += [f"lifted by {self.quoted(one['lift'], 30)}"] if one["lift"] else []
        return " ".join(said)

    def floor(self, held: Seen) -> Iterator[Entry]:
        """The basis, and the brackets: only where the text is disputed."""
        if held["basis"] is not None:
            yield "floor", "basis", held["basis"] + (", named by the chair" if held["named_by_chair"] else "")
        for paragraph in held["paragraphs"]:
            if paragraph["alternatives"]:
                first = f"[{paragraph['option']}: {' '.join(paragraph['seats'])}]"
                others = [f"[{one['option']}: {' '.join(one['seats'])}]" for one in paragraph["alternatives"]]
                yield "floor", paragraph["issue"], " ".join([first, *others])

    def silence(self, held: Seen) -> Iterator[Entry]:
        yield "silence", "on", f"{held['draft']} r{held['revision']}"
        yield "silence", "opened", f"by {held['opened_by'] or 'the server'} at {self.moment(held['opened_at'])}"
        yield "silence", "until", self.moment(held["deadline"])
        if held["extended"]:
            yield "silence", "extended", "yes"
        yield from self._rungs("silence", held["rungs"])

    def _rungs(self, section: str, held: Seen) -> Iterator[Entry]:
        for seat, one in held.items():
            words = [one["rung"], *one["issues"], self.quoted(one["text"])]
            yield section, seat, " ".join(word for word in words if word)

    def silences(self, held: list[Any]) -> Iterator[Entry]:
        for number, one in enumerate(held, start=1):
            how = f"{one['result']} at {self.moment(one['at'])}"
            why = f" by {one['objection']}" if one["objection"] else ""
            rungs = "".join(f" {seat} {rung['rung']}" for seat, rung in one["rungs"].items())
            said = f"{one['draft']} r{one['revision']} {how}{why}{rungs} {self.quoted(one['reason'])}"
            yield "silences", f"#{number}", said.rstrip()

    def objections(self, held: Seen) -> Iterator[Entry]:
        for one in held.values():
            section = f"objection {one['id']}"
            yield section, "by", f"{one['seat']} to {one['draft']} r{one['revision']}: {' '.join(one['issues'])}"
            yield section, "reason", self.quoted(one["reason"])
            yield section, "lifted by", self.quoted(one["lift"])
            if one["lifted_by"]:
                yield section, "lifted of itself by", " ".join(one["lifted_by"])
            yield section, "status", "withdrawn" if one["withdrawn"] else "lifted" if one["lifted"] else "stands"

    def deals(self, held: list[Any]) -> Iterator[Entry]:
        for one in held:
            yield "deals", one["deal"], f"signed by {' '.join(one['signers'])} at {self.moment(one['at'])}"

    def complements(self, held: Seen) -> Iterator[Entry]:
        """Those that somebody signed."""
        for name, one in held.items():
            for sheet in one["sheets"]:
                if sheet["signers"]:
                    in_force = ", in force" if sheet["in_force"] else ""
                    yield f"complement {name}", _sheet(sheet), f"signed by {' '.join(sheet['signers'])}{in_force}"
            if one["vote"] is not None:
                vote = one["vote"]
                dice = "+".join(map(str, vote["dice"]))
                said = f"{dice} and bonus {vote['bonus']} against {vote['pass_at']}"
                yield f"complement {name}", "vote", f"{'passed' if vote['passed'] else 'failed'}: {said}"
            if one["in_force"] is not None:
                yield f"complement {name}", "strength", f"{one['in_force']['strength']}% as {_sheet(one['in_force'])}"

    def world(self, held: Seen) -> Iterator[Entry]:
        yield "world", "state", held["title"]
        for one in held["variables"]:
            yield "world", one["id"], str(one["value"]).lower()

    def news(self, held: list[Any]) -> Iterator[Entry]:
        for one in held:
            yield "news", one["inject"], self._news(one)

    def _news(self, one: Seen) -> str:
        """The headline; the act that brought the news has its words in full."""
        return f"{self.moment(one['at'])} {one['headline'] or self.quoted(one['name'])}"

    def poll(self, held: Seen) -> Iterator[Entry]:
        yield "poll", held["id"], f"on {held['draft']} r{held['revision']} until {self.moment(held['closes_at'])}"

    def polls(self, held: list[Any]) -> Iterator[Entry]:
        for one in held:
            answers = ", ".join(f"{seat} {answer}" for seat, answer in one["answers"].items())
            yield "polls", one["id"], f"on {one['draft']} r{one['revision']}: {answers or 'nobody answered'}"

    def rooms(self, held: Seen) -> Iterator[Entry]:
        for name, room in held.items():
            said = f"{len(room['messages'])} messages" if len(room["messages"]) != 1 else "1 message"
            yield f"room {name}", "said", said
            yield f"room {name}", "readers", " ".join((*room["seats"], *room["readers"])) or "its seats"

    def record(self, held: list[Any]) -> Iterator[Entry]:
        if held:
            undone = sum(entry["undone"] for entry in held)
            yield "record", "entries", f"{len(held)}{f', {undone} of them undone' if undone else ''}"

    def adopted(self, held: Seen) -> Iterator[Entry]:
        yield "adopted", "text", f"{held['draft']} r{held['revision']} at {self.moment(held['at'])}"
        yield "adopted", "package", self.package(held["package"])
        yield from self._rungs("adopted", held["rungs"])

    def outcome(self, held: Seen) -> Iterator[Entry]:
        yield "outcome", "ending", held["ending"]
        yield "outcome", "adopted", "yes" if held["adopted"] else "no"
        yield "outcome", "package", self.package(held["package"])
        yield "outcome", "silences broken", str(held["breaks"])
        yield "outcome", "scores", _scores(held)
        yield "outcome", "benchmark", held["benchmark"]
        yield "outcome", "drawn", held["world"]
        for name, world in held["worlds"].items():
            refusals = _by_reason(world["refusals"])
            said = f"{world['chance']}%, mean {world['mean']}, refused by {refusals or 'nobody'}"
            yield f"outcome in {name}", world["title"], said
            for asked in world["questions"]:
                yield f"outcome in {name}", asked["id"], asked["answer"]
        yield "outcome", "all ratify", f"{held['prospects']['all_ratify']}%"
        yield "outcome", "what really happened", _scores(held["history"])
        for seat, result in held["opened"].items():
            betrayed = "".join(f", betrayed {one['deal']} by {one['objection']}" for one in result["betrayals"])
            yield "result opened", seat, _result(result) + betrayed

    def opened(self, held: Seen) -> Iterator[Entry]:
        """What the facilitator lets everybody see in the end; the instructions, which are the scenario's, by hash."""
        if held["instructions"] is not None:
            for seat, sent in held["instructions"].items():
                yield "instructions opened", seat, f"no text {sent['reservation']} points, {fingerprint(sent)}"
        if held["trade"] is not None:
            yield from self.deals_opened(held["trade"])
        for name, room in (held["rooms"] or {}).items():
            yield "rooms opened", name, f"{len(room['messages'])} messages"

    def deals_opened(self, held: Seen) -> Iterator[Entry]:
        for one in held["deals"]:
            yield "trade opened", one["deal"], f"signed by {' '.join(one['signers'])}"
        for number, one in enumerate(held["promises"], start=1):
            what = " ".join(word for word in (one["kind"], one["about"], self.package(one["options"])) if word)
            said = " ".join(word for word in (what, self.quoted(one["text"]), one["verdict"]) if word)
            yield "trade opened", f"promise {number}", f"{one['by']} to {one['to']}: {said}"
        for one in held["betrayals"]:
            yield "trade opened", f"{one['deal']} betrayed", f"by {one['seat']} with {one['objection']}"

    def press(self, held: Seen) -> Iterator[Entry]:
        for name, one in held.items():
            yield "press", name, self.quoted(one["name"])

    # --- private

    def brief(self, held: Seen) -> Iterator[Entry]:
        yield "brief", "red lines", " ".join(line["id"] for line in held["red_lines"]) or "none"
        yield "brief", "ideal", self.package(held["ideal"])
        yield "brief", "salience", " ".join(f"{name} {weight}" for name, weight in held["salience"].items())
        if held["changed"]:
            yield "brief", "changed by the capital", " ".join(held["changed"])
        yield "brief", "everything else", fingerprint(held)

    def us(self, held: Seen) -> Iterator[Entry]:
        yield "us", "no text", f"{held['reservation']} points"
        for draft, one in held["drafts"].items():
            yield "us", draft, f"{one['points']} points at r{one['revision']}"
            if one["crosses"]:
                yield "us", f"{draft} crosses", " ".join(line["line"] for line in one["crosses"])
        if held["result"] is not None:
            yield "us", "result", _result(held["result"])

    def stakes(self, held: Seen) -> Iterator[Entry]:
        yield "stakes", "breaking", f"{held['breaking']} points off"
        yield "stakes", "consenting", f"{held['consenting']} points off"
        if held["promises"]:
            yield "stakes", "breaks", " ".join(held["promises"])
        for one in held["deals"]:
            yield "stakes", f"betrays {one['deal']} on", " ".join(one["issues"])

    def confessionals(self, held: Seen) -> Iterator[Entry]:
        yield from self.positions(held, "in confidence on")

    def trade(self, held: Seen) -> Iterator[Entry]:
        """The ledger. Of the deals that could be signed, those that are."""
        for name, deal in held["deals"].items():
            if deal["in_force_at"] is not None:
                lifts = " ".join(line for lines in deal["lifts"].values() for line in lines) or "nothing"
                since = self.moment(deal["in_force_at"])
                yield "our deals", name, f"{deal['points']:+} points since {since}, lifts {lifts}"
        for name, one in held["offers"].items():
            signed = f"signed by {' '.join(one['signed']) or 'nobody'}"
            answers = f", answers {one['counter_to']}" if one["counter_to"] else ""
            declined = f" by {one['declined_by']}" if one["declined_by"] else ""
            said = f"{one['by']} offers {' '.join(one['deals'])}{answers}: {one['status']}{declined}, {signed}"
            yield "offers", name, said
        for name, one in held["promises"].items():
            yield "promises", name, self._promise(one)

    def _promise(self, one: Seen) -> str:
        form = one["form"]
        words = [form["kind"], form["deal"] or form["complement"], self.package(form["options"])] if form else []
        words += [self.quoted(one["text"]), f"until {one['until']}" if one["until"] else "", one["verdict"]]
        return " ".join(word for word in words if word)

    def pending(self, held: list[Any]) -> Iterator[Entry]:
        for one in held:
            until = f", too late from {self.moment(one['until'])}" if one["until"] else ""
            act = one["command"]["type"].replace("_", " ")
            yield "waits for the head", one["id"], f"{act} by {one['member']}{until}"

    def notes(self, held: list[Any]) -> Iterator[Entry]:
        for one in held:
            changes = " ".join(_change(change) for change in one["changes"])
            until = ", over" if one["over"] else ", until the next phase" if one["until"] else ""
            yield "notes", one["inject"], f"{self._news(one)} [{changes or 'nothing changes'}{until}]"

    def done_for_us(self, held: list[Any]) -> Iterator[Entry]:
        if held:
            yield "done for us", "entries", " ".join(entry["type"] for entry in held)

    def can(self, held: Seen) -> Iterator[Entry]:
        """What the viewer may do: `yes`, or the code of the refusal. Acts on a thing are named after it."""
        for act, refusal in held["acts"].items():
            yield "can", act, _answer(refusal)
        for kind in ("drafts", "amendments", "objections", "pending", "offers", "injects"):
            for thing, acts in held[kind].items():
                for act, refusal in acts.items():
                    yield "can", f"{thing}.{act}", _answer(refusal)
        for kind in ("deals", "complements"):
            yield from self._of_a_list(kind, held[kind])

    def _of_a_list(self, kind: str, held: Seen) -> Iterator[Entry]:
        """Acts on the things of the scenario's lists: what is said of most of them, once, then of those set apart."""
        for act in dict.fromkeys(act for acts in held.values() for act in acts):
            answers = {thing: _answer(acts[act]) for thing, acts in held.items() if act in acts}
            most, _ = Counter(answers.values()).most_common(1)[0]
            yield "can", f"{kind}.{act}", most
            for thing, answer in answers.items():
                if answer != most:
                    yield "can", f"{thing}.{act}", answer


def _answer(refusal: Seen | None) -> str:
    return refusal["code"] if refusal else "yes"


def _plain(name: str) -> Callable[[Wording, Any], Iterator[Entry]]:
    """A part that nobody has worded: each of its fields as JSON."""

    def worded(_: Wording, held: Any) -> Iterator[Entry]:
        for field, value in held.items() if isinstance(held, dict) else (("is", held),):
            yield name, str(field), value if isinstance(value, str) else canonical_json(value).decode()

    return worded


def _by_reason(refusals: Mapping[str, list[str]]) -> str:
    seats: dict[str, list[str]] = defaultdict(list)
    for seat, why in refusals.items():
        seats[" ".join(why)].append(seat)
    return ", ".join(f"{' '.join(named)} ({why})" for why, named in seats.items())


def _sheet(held: Seen) -> str:
    mode = held["mode"] or "as it is"
    return f"{mode}, with a promise to fight" if held["defence"] else mode


def _change(held: Seen) -> str:
    """One change of a delegation's instructions."""
    params = held["params"]
    about = params.get("red_line") or params.get("dimension") or ""
    how = params.get("held", params.get("by", params.get("points", "")))
    return "=".join(str(word).lower() for word in (held["kind"], about, how) if word != "")


def _scores(held: Seen) -> str:
    both = {**held["scores"], **held["figures"]}
    return f"mean {held['mean']}, " + " ".join(f"{name} {score['value']}" for name, score in both.items())


def _result(held: Seen) -> str:
    said = [f"total {held['total']}", f"points {held['points']} against {held['reservation']}"]
    said += [f"broke {held['breaks_without_cause']} without cause"] if held["breaks_without_cause"] else []
    said += [f"consented across {' '.join(held['consented_across'])}"] if held["consented_across"] else []
    return ", ".join(said)


_WORDED: dict[str, Callable[[Wording, Any], Iterator[Entry]]] = {
    "scenario": Wording.scenario,
    "clock": Wording.clock,
    "seats": Wording.seats,
    "drafts": Wording.drafts,
    "amendments": Wording.amendments,
    "positions": Wording.positions,
    "floor": Wording.floor,
    "silence": Wording.silence,
    "silences": Wording.silences,
    "objections": Wording.objections,
    "poll": Wording.poll,
    "polls": Wording.polls,
    "rooms": Wording.rooms,
    "record": Wording.record,
    "adopted": Wording.adopted,
    "outcome": Wording.outcome,
    "deals": Wording.deals,
    "complements": Wording.complements,
    "world": Wording.world,
    "news": Wording.news,
    "opened": Wording.opened,
    "press": Wording.press,
    "trade": Wording.trade,
    "pending": Wording.pending,
    "notes": Wording.notes,
    "done_for_us": Wording.done_for_us,
    "brief": Wording.brief,
    "us": Wording.us,
    "stakes": Wording.stakes,
    "confessionals": Wording.confessionals,
    "can": Wording.can,
}
