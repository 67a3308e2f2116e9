"""A second model of the Vilnius pages, written straight down in Python from the research, to compare with.

It shares nothing with the engine but the names of options: no condition trees, no terms, no YAML. Where the two
disagree on a package, one of them has misread the research.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PATHS = {
    "0": "bucharest_repeat",
    "1": "fast_track",
    "2": "fast_track_with_conditions",
    "3": "membership_action_plan",
    "4": "new_partnership",
    "5": "bucharest_with_group",
}
FAST_TRACKS = ("fast_track", "fast_track_with_conditions")
ORDERS = {
    "path": [
        "bucharest_repeat",
        "bucharest_with_group",
        "new_partnership",
        "membership_action_plan",
        "fast_track_with_conditions",
        "fast_track",
    ],
    "perspective": ["bucharest_verbatim", "future_in_nato", "irreversible"],
    "trigger": ["unspecified", "allies_agree", "after_review", "on_ceasefire", "invite_now", "immediate"],
    "target_date": ["none", "review_next_summit", "hlg_to_propose", "relative_target", "calendar_target"],
    "nonforce": ["absent", "deferred", "required_if_occupied", "required_unconditional"],
    "reform": ["none", "general_review", "explicit_eu", "explicit_benchmarked"],
    "minority": ["silent", "eu_aligned", "specific"],
    "borders": ["defer", "decide_before_invitation", "define_controlled_line", "define_1991"],
    "low_level": ["silent", "task_options", "calibrated_national", "automatic_collective"],
    "assurances": ["declaratory", "multi_year", "guaranteed_floor", "nato_guarantee"],
    "common_funding": ["none", "voluntary_fund", "common_nonlethal", "common_full"],
    "forum": ["commission", "council", "hlg", "council_and_hlg"],
    "planning": ["silent", "tasked", "included"],
    "negotiation": ["silent", "ukraine_decides", "calls_for_talks"],
    "no_substitute": ["absent", "included"],
}
WORLDS = {
    "undecided": ("active", True, False),
    "W1": ("ceasefire", False, False),
    "W2": ("low_level", True, True),
    "W3": ("ceasefire", True, False),
}
ROWS = {row["code"]: row for row in csv.DictReader((HERE / "nations.csv").open(encoding="utf-8"))}
ALLIES = [code for code, row in ROWS.items() if row["voting"] == "yes"]
EU_ALLIES = [code for code in ALLIES if ROWS[code]["eu_member"] == "yes"]


def listed(code: str, column: str) -> list[str]:
    """A `;` list of the research table."""
    return [part for part in ROWS[code][column].split(";") if part]


class PlainModel:
    """One package in one set of circumstances."""

    def __init__(
        self,
        draft: dict[str, str],
        war: str = "undecided",
        deals: set[str] | None = None,
        complements: list[dict[str, Any]] | None = None,
        adopted: bool = True,
        breaks: int = 0,
    ) -> None:
        self.p = draft
        self.war = war
        self.phase, self.occupied, self.low_level = WORLDS[war]
        self.deals = deals or set()
        self.adopted, self.breaks = adopted, breaks
        self.e: dict[str, Fraction] = {}
        self.multilateral_israel = False
        self.defence_signers: list[list[str]] = []
        for complement in complements or []:
            self._sign(complement)

    def least(self, issue: str, option: str) -> bool:
        """Whether the package's option is at or above `option` on the issue's list."""
        return ORDERS[issue].index(self.p[issue]) >= ORDERS[issue].index(option)

    # -- complements (clauses, part C) ---------------------------------------------------------------------------

    def _sign(self, c: dict[str, Any]) -> None:
        signed = set(c["signers"])
        allies = len([seat for seat in signed if seat in ALLIES])
        passed = c.get("congress") is True
        mode = c.get("mode") or "bilateral"
        strength: Fraction | None = None
        match c["name"]:
            case "contact_group_permanent":
                if "USA" in signed and allies >= 20:
                    strength = Fraction(allies, 31)
            case "core_group":
                if {"USA", "GBR"} <= signed and len(signed & {"FRA", "DEU", "POL"}) >= 2:
                    strength = Fraction(len(signed & {"USA", "GBR", "FRA", "DEU", "POL"}), 5)
            case "tra_language":
                if "USA" in signed and passed and allies >= 4:
                    strength = min(Fraction(1), Fraction(allies, 8))
            case "eu_accelerated":
                if {"EU", "SWE", *EU_ALLIES} <= signed:
                    strength = Fraction(1)
            case "us_concurrent_resolution":
                if "USA" in signed and passed:
                    strength = Fraction(1)
            case "us_mnna":
                if "USA" in signed:
                    strength = Fraction(1)
            case "israel_model" if mode == "bilateral":
                if {"USA", "UKR"} <= signed:
                    strength = Fraction(2, 5)
            case "israel_model":
                if {"USA", "UKR"} <= signed and allies >= 4:
                    strength = min(Fraction(1), Fraction(allies, 7))
        if strength is None:
            return
        self.e[c["name"]] = strength * (Fraction(3, 5) if c.get("status") == "framework" else 1)
        if c["name"] == "israel_model":
            self.multilateral_israel = mode == "multilateral"
        if c.get("defence"):
            self.defence_signers.append(c["signers"])

    # -- rules and lines -----------------------------------------------------------------------------------------

    def broken_rules(self) -> list[str]:
        """The structural rules V01 to V16 that the package breaks (clauses, part B)."""
        p, path, trigger = self.p, self.p["path"], self.p["trigger"]
        hlg = p["forum"] in ("hlg", "council_and_hlg")
        explicit = self.least("reform", "explicit_eu")
        forceful = self.forceful(trigger)
        dated = self.least("target_date", "hlg_to_propose")
        condition = self.least("nonforce", "required_if_occupied") or explicit or self.least("minority", "eu_aligned")
        bare = p["nonforce"] == "absent" and p["reform"] == "none" and p["minority"] == "silent"
        supported = self.least("assurances", "multi_year")
        broken = {
            "V01": trigger == "immediate" and path != "fast_track",
            "V02": path == "fast_track" and not (forceful and bare),
            "V03": path == "fast_track_with_conditions"
            and trigger not in ("on_ceasefire", "allies_agree", "invite_now"),
            "V04": path == "fast_track_with_conditions" and not condition,
            "V05": path == "membership_action_plan"
            and not (trigger in ("after_review", "allies_agree") and p["reform"] != "none" and supported),
            "V06": path == "new_partnership"
            and not (trigger in ("allies_agree", "after_review", "unspecified") and supported),
            "V07": path == "bucharest_with_group"
            and not (hlg and dated and trigger in ("unspecified", "after_review")),
            "V08": path == "bucharest_repeat"
            and not (trigger == "unspecified" and not dated and p["perspective"] == "bucharest_verbatim"),
            "V09": dated and path not in ("membership_action_plan", "bucharest_with_group"),
            "V10": p["target_date"] == "hlg_to_propose" and not hlg,
            "V11": self.least("nonforce", "required_if_occupied")
            and path not in ("fast_track_with_conditions", "membership_action_plan"),
            "V12": path in ("bucharest_repeat", "bucharest_with_group") and explicit,
            "V13": self.least("borders", "define_controlled_line") and path not in FAST_TRACKS,
            "V14": path in FAST_TRACKS and p["perspective"] == "bucharest_verbatim",
            "V15": p["common_funding"] == "common_full"
            and path not in ("fast_track_with_conditions", "membership_action_plan", "new_partnership"),
            "V16": path == "bucharest_with_group" and explicit,
        }
        return [rule for rule, is_broken in broken.items() if is_broken]

    @staticmethod
    def forceful(trigger: str) -> bool:
        """FORCEFUL."""
        return trigger in ("on_ceasefire", "invite_now", "immediate")

    def lifter(self, name: str) -> bool:
        """A named condition, side deal or `W1` of the stretch grammar (red lines, section 1)."""
        p = self.p
        if name.startswith("sd_"):
            return name in self.deals
        return {
            "L_explicit_conditions": self.least("reform", "explicit_eu") and self.least("minority", "eu_aligned"),
            "L_nonforce": self.least("nonforce", "required_if_occupied")
            or (self.war == "W1" and not self.occupied)
            or "sd_ukr_nonforce_letter" in self.deals,
            "L_borders": self.least("borders", "decide_before_invitation"),
            "L_reserved_decision": p["trigger"] in ("allies_agree", "after_review", "unspecified"),
            "L_timeline": p["target_date"] in ("hlg_to_propose", "relative_target", "calendar_target"),
            "L_guarantees": self.least("assurances", "guaranteed_floor"),
            "L_strong_perspective": p["perspective"] == "irreversible",
            "L_minority": self.least("minority", "eu_aligned"),
            "L_vilnius_floor": self.least("perspective", "future_in_nato")
            and self.least("assurances", "multi_year")
            and p["forum"] in ("council", "council_and_hlg"),
            "W1": self.war == "W1",
        }[name]

    def violated(self, line: str, holder: str) -> bool:
        """Whether the holder's red line is crossed (red lines, section 3)."""
        p, path, trigger = self.p, self.p["path"], self.p["trigger"]
        forceful = self.forceful(trigger)
        victory = self.war == "W1" and not self.occupied
        explicit = self.lifter("L_explicit_conditions")
        far = path in (*FAST_TRACKS, "membership_action_plan")
        funds = "sd_hun_eu_funds" in self.deals
        match line:
            case "no_membership_during_active_conflict":
                return trigger == "immediate" and (
                    self.phase == "active" or (self.phase == "low_level" and p["low_level"] == "silent")
                )
            case "no_invitation_during_active_conflict":
                return trigger in ("immediate", "invite_now") and self.phase == "active"
            case "no_automatic_invitation":
                bundle = (
                    trigger == "on_ceasefire" and explicit and self.lifter("L_nonforce") and self.lifter("L_borders")
                )
                return forceful and not (bundle or (victory and ("sd_eu_reform_report" in self.deals or explicit)))
            case "requires_nonforce_assurance_if_territory_occupied":
                return forceful and not self.lifter("L_nonforce")
            case "requires_borders_decided_before_invitation":
                return forceful and p["borders"] == "defer" and not victory
            case "no_accession_while_territory_occupied":
                return forceful and self.war != "W1"
            case "no_low_level_conflict_automaticity":
                return p["low_level"] == "automatic_collective"
            case "requires_corruption_progress":
                short = (path in FAST_TRACKS and not self.least("reform", "explicit_eu")) or (
                    path in ("membership_action_plan", "new_partnership") and p["reform"] == "none"
                )
                return short and "sd_eu_reform_report" not in self.deals
            case "requires_minority_rights":
                return far and p["minority"] == "silent" and "sd_ukr_minority_law" not in self.deals
            case "requires_sweden_linkage_resolved":
                settled = "sd_tur_swe" in self.deals or (holder == "HUN" and "sd_hun_swe" in self.deals)
                return far and not settled
            case "no_binding_target_date":
                return p["target_date"] == "calendar_target"
            case "no_target_date_at_all":
                return p["target_date"] in ("relative_target", "calendar_target") and not funds
            case "no_irreversible_wording":
                lifted = explicit or self.war == "W1" or (holder == "HUN" and funds)
                return p["perspective"] == "irreversible" and not lifted
            case "no_unfunded_support_floor":
                if holder == "USA":
                    vehicle = "us_concurrent_resolution" in self.e or "tra_language" in self.e
                else:
                    vehicle = p["common_funding"] != "none"
                return self.lifter("L_guarantees") and not vehicle
            case "no_common_funding":
                return p["common_funding"] in ("common_nonlethal", "common_full") and not funds
            case "no_common_funding_of_lethal_aid":
                return p["common_funding"] == "common_full"
            case "no_mandatory_lethal_contribution":
                return p["assurances"] == "nato_guarantee" or p["common_funding"] == "common_full"
            case "no_new_article5_like_guarantee_outside_nato":
                return any(holder in signers for signers in self.defence_signers)
            case "requires_explicit_membership_perspective":
                return p["perspective"] == "bucharest_verbatim"
            case "rejects_mere_bucharest_repeat":
                hollow = (p["target_date"], p["perspective"], p["assurances"]) == (
                    "hlg_to_propose",
                    "bucharest_verbatim",
                    "declaratory",
                )
                return path == "bucharest_repeat" or (path == "bucharest_with_group" and hollow)
            case "no_constraint_on_ukraine_negotiation":
                return p["negotiation"] == "calls_for_talks"
            case "no_recognition_of_occupation":
                return p["borders"] == "define_controlled_line"
            case "nonforce_only_for_real_membership":
                return self.least("nonforce", "required_if_occupied") and not (
                    path == "fast_track_with_conditions" and forceful
                )
        raise AssertionError(line)

    def objects(self) -> dict[str, list[str]]:
        """Voting allies that would break silence, with their reasons (red lines, section 2)."""
        found = {}
        for code in ALLIES:
            reasons = [line for line in listed(code, "red_lines") if self.violated(line, code)]
            if not self._path_accepted(code):
                reasons.insert(0, "path_not_acceptable")
            if reasons:
                found[code] = reasons
        return found

    def _path_accepted(self, code: str) -> bool:
        if self.p["path"] in [PATHS[option] for option in listed(code, "acceptable_options")]:
            return True
        for alternative in filter(None, ROWS[code]["stretch_options"].split("|")):
            option, _, conditions = alternative.partition(":")
            if PATHS[option] == self.p["path"] and all(map(self.lifter, conditions.split("+"))):
                return True
        return False

    # -- accession and scores ------------------------------------------------------------------------------------

    def blockers(self) -> Fraction:
        """Allies refusing entry (scoring, section 6); the mean of the three worlds, to a tenth, while undecided."""
        if self.war != "undecided":
            return Fraction(self._blockers_in(self.war))
        return round(Fraction(sum(self._blockers_in(war) for war in ("W1", "W2", "W3")), 3), 1)

    def _blockers_in(self, war: str) -> int:
        draft = dict(self.p)
        if not self.forceful(draft["trigger"]):
            draft["trigger"] = "on_ceasefire"
        world = PlainModel(draft, war)
        grounds = {
            "no_membership_during_active_conflict",
            "requires_nonforce_assurance_if_territory_occupied",
            "requires_corruption_progress",
            "requires_borders_decided_before_invitation",
            "no_accession_while_territory_occupied",
            "requires_minority_rights",
        }
        refusing = 0
        for code in ALLIES:
            lines = listed(code, "red_lines")
            unanswered = (
                world.phase == "low_level"
                and draft["low_level"] == "silent"
                and "no_membership_during_active_conflict" in lines
            )
            refusing += unanswered or any(line in grounds and world.violated(line, code) for line in lines)
        return refusing

    def scores(self) -> dict[str, Fraction]:
        """The six considerations, exact (scoring, sections 1 and 6)."""
        raw = {
            "S1": self._s1(),
            "S2": self._s2(),
            "S3": self._s3(),
            "S4": self._s4(),
            "S5": self._s5(),
            "S6": self._s6(),
        }
        return {name: min(max(Fraction(value), Fraction(0)), Fraction(100)) for name, value in raw.items()}

    def _e(self, name: str) -> Fraction:
        return self.e.get(name, Fraction(0))

    def _s1(self) -> Fraction:
        total = Fraction(0)
        if self.adopted:
            total += dict(zip(ORDERS["path"], (25, 42, 48, 50, 52, 52), strict=True))[self.p["path"]]
            total += dict(zip(ORDERS["forum"], (0, 10, 4, 11), strict=True))[self.p["forum"]]
        total += 12 * self._e("contact_group_permanent") + 8 * self._e("core_group") + 10 * self._e("tra_language")
        total += 6 * self._e("eu_accelerated")
        if "israel_model" in self.e:
            total += 10 * self._e("israel_model") if self.multilateral_israel else 1
        total += 1 if "us_concurrent_resolution" in self.e else 0
        shared = set(self.e) - {"us_concurrent_resolution", "us_mnna"}
        if not self.multilateral_israel:
            shared.discard("israel_model")
        if self.e and not shared:
            total -= 8
        return total - min(10, 2 * self.breaks)

    def _s2(self) -> Fraction:
        p, path = self.p, self.p["path"]
        total = Fraction(dict(zip(ORDERS["path"], (5, 22, 34, 46, 50, 36), strict=True))[path])
        if path != "bucharest_repeat":
            total += 25 * (1 - min(Fraction(1), self.blockers() / 8))
        total += 7 if p["borders"] != "defer" else 0
        total += {"silent": 0, "tasked": 6, "included": 8}[p["planning"]]
        total += 4 if "sd_tur_swe" in self.deals else 0
        none = -6 if path in FAST_TRACKS else 0
        total += {"none": none, "general_review": 2, "explicit_eu": 5, "explicit_benchmarked": 6}[p["reform"]]
        if self.phase == "active":
            total -= {"immediate": 35, "invite_now": 12}.get(p["trigger"], 0)
        return total if self.adopted else min(total, Fraction(20))

    def _s3(self) -> Fraction:
        p = self.p
        total = Fraction(dict(zip(ORDERS["perspective"], (5, 14, 22), strict=True))[p["perspective"]])
        total += dict(zip(ORDERS["target_date"], (0, 4, 7, 14, 17), strict=True))[p["target_date"]]
        total += dict(zip(ORDERS["trigger"], (0, 4, 8, 14, 15, 15), strict=True))[p["trigger"]]
        total += dict(zip(ORDERS["assurances"], (4, 14, 20, 22), strict=True))[p["assurances"]]
        total += {"explicit_eu": 3, "explicit_benchmarked": 4}.get(p["reform"], 0)
        if p["trigger"] == "allies_agree" and not self.least("reform", "explicit_eu"):
            total -= 4
        total += 6 * self._e("contact_group_permanent") + 4 * self._e("core_group") + 6 * self._e("tra_language")
        total += 5 * self._e("us_concurrent_resolution") + 6 * self._e("israel_model") + 4 * self._e("eu_accelerated")
        included = p["no_substitute"] == "included"
        if "us_mnna" in self.e:
            total += 2 if included or p["perspective"] == "irreversible" else -6
        return total + (3 if included else 0)

    def _s4(self) -> Fraction:
        p, path, trigger = self.p, self.p["path"], self.p["trigger"]
        d = Fraction(dict(zip(ORDERS["path"], (2, 12, 18, 24, 31, 34), strict=True))[path])
        d += dict(zip(ORDERS["assurances"], (3, 9, 14, 16), strict=True))[p["assurances"]]
        d += 9 * self._e("tra_language") + 7 * self._e("core_group") + 6 * self._e("contact_group_permanent")
        d += 6 * self._e("eu_accelerated") + 4 * self._e("israel_model") + 3 * self._e("us_concurrent_resolution")
        d += self._e("us_mnna")
        r = 30
        forceful, war_on = self.forceful(trigger), self.phase != "ceasefire"
        if self.defence_signers:
            d, r = d + 4, r - 6
        r -= 25 if trigger == "immediate" and war_on else 0
        r -= 4 if forceful and war_on else 0
        r -= 6 if path == "fast_track" and war_on else 0
        r -= 8 if forceful and self.war != "W1" and not self.least("nonforce", "required_if_occupied") else 0
        r -= 3 if forceful and self.war != "W1" and p["borders"] == "defer" else 0
        r -= 4 if forceful and self.low_level and p["low_level"] == "silent" else 0
        r -= 6 if p["low_level"] == "automatic_collective" else 0
        r += 2 if p["low_level"] in ("task_options", "calibrated_national") else 0
        total = min(Fraction(70), d) + min(30, max(0, r))
        if trigger == "immediate" and self.phase == "active":
            total = min(total, Fraction(25))
        return total if self.adopted else min(total, Fraction(55))

    def _s5(self) -> Fraction:
        p = self.p
        total = Fraction(65) + {"silent": 0, "ukraine_decides": 18, "calls_for_talks": -35}[p["negotiation"]]
        bite = {"W1": Fraction(0), "undecided": Fraction(1, 2)}.get(self.war, Fraction(1))
        total -= bite * dict(zip(ORDERS["nonforce"], (0, 4, 12, 22), strict=True))[p["nonforce"]]
        total += 8 if p["trigger"] == "on_ceasefire" else 0
        total -= 5 if p["trigger"] == "allies_agree" and not self.least("reform", "explicit_eu") else 0
        total += 5 if self.least("assurances", "guaranteed_floor") else 0
        return total - (15 if p["borders"] == "define_controlled_line" else 0)

    def _s6(self) -> Fraction:
        p = self.p
        total = Fraction(dict(zip(ORDERS["assurances"], (10, 36, 54, 58), strict=True))[p["assurances"]])
        total += dict(zip(ORDERS["common_funding"], (0, 8, 14, 20), strict=True))[p["common_funding"]]
        total += 7 * self._e("contact_group_permanent") + 5 * self._e("core_group") + 4 * self._e("eu_accelerated")
        total += 3 * self._e("us_concurrent_resolution") + 3 * self._e("us_mnna") + 8 * self._e("israel_model")
        return total

    def brief_minimum(self) -> str:
        """Met, arguable or below (scoring, section 3)."""
        far = self.p["path"] in (*FAST_TRACKS, "membership_action_plan")
        supported = self.least("assurances", "multi_year")
        if far and supported:
            return "met" if self.least("perspective", "future_in_nato") else "arguable"
        if self.p["path"] == "new_partnership" and supported and self.p["reform"] != "none":
            return "arguable"
        return "below"
