"""Cases with their decisions, evidence and outcomes; a reporter is a tag that means something within one case only."""

from collections.abc import AsyncIterator, Sequence
from datetime import date

from bot.domain.campaign.cases import Case, Decision, Outcome
from bot.domain.ids import CaseNumber, ChatId, DecisionNumber, OfficerNumber, TipNumber
from bot.domain.places import UnitCode
from bot.domain.text.categories import Category
from bot.domain.tip import Channel, Tip, Verdict
from storage.connection import Connection, SqlRow
from storage.crypto.sealed_columns import SealedColumn
from storage.crypto.vault import Vault
from storage.numbering import next_number

_OPEN = "INSERT INTO case_file (number, unit, opened_on, key_year) VALUES ($1, $2, $3, $4)"
_GET = "SELECT number, unit, opened_on, key_year FROM case_file WHERE number = $1"
_RECENT = """
    SELECT number, unit, opened_on, key_year
    FROM case_file
    WHERE unit = $1
    ORDER BY number DESC
    LIMIT $2
"""
_DECIDE = """
    INSERT INTO decision (
        number, tip, verdict, case_number, source, unit, channel, category, day, officer, epoch, evidence
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""
_SOURCE_OF_TIP = "SELECT source FROM decision WHERE case_number = $1 AND tip = $2 AND source IS NOT NULL LIMIT 1"
_SOURCE_OF_TAG = "SELECT source FROM case_source WHERE case_number = $1 AND tag = $2"
_NEXT_SOURCE = "SELECT COALESCE(MAX(source), 0) + 1 AS source FROM decision WHERE case_number = $1"
_ADD_SOURCE = "INSERT INTO case_source (case_number, tag, source) VALUES ($1, $2, $3)"
_FORGET_SOURCES = """
    DELETE FROM case_source
    WHERE case_number IN (
        SELECT case_number
        FROM case_source
        WHERE NOT EXISTS (
            SELECT 1
            FROM decision
            JOIN tip ON tip.number = decision.tip AND tip.content IS NOT NULL
            WHERE decision.case_number = case_source.case_number
        )
        LIMIT $1
    )
"""
_FORGET_EVIDENCE = """
    UPDATE decision
    SET evidence = NULL, epoch = NULL
    WHERE number IN (SELECT number FROM decision WHERE evidence IS NOT NULL AND day < $1 LIMIT $2)
"""
_DECISIONS = """
    SELECT number, tip, verdict, case_number, source, unit, channel, category, day, officer, withdrawn_on
    FROM decision
    WHERE case_number = $1
    ORDER BY number
"""
_EVERY_IN_A_CASE = """
    SELECT number, tip, verdict, case_number, source, unit, channel, category, day, officer, withdrawn_on
    FROM decision
    WHERE case_number IS NOT NULL
    ORDER BY case_number
"""
_EVERY_WITHOUT_CASE = """
    SELECT number, tip, verdict, case_number, source, unit, channel, category, day, officer, withdrawn_on
    FROM decision
    WHERE case_number IS NULL
"""
_STANDING = """
    SELECT number, tip, verdict, case_number, source, unit, channel, category, day, officer, withdrawn_on
    FROM decision
    WHERE tip = $1 AND withdrawn_on IS NULL
"""
_WITHDRAWN = """
    SELECT number, tip, verdict, case_number, source, unit, channel, category, day, officer, withdrawn_on
    FROM decision
    WHERE withdrawn_on BETWEEN $1 AND $2 AND day < $1 AND verdict = 'valuable'
    ORDER BY number
"""
_WITHDRAW = "UPDATE decision SET withdrawn_on = $2 WHERE number = $1 AND withdrawn_on IS NULL"
_EVIDENCE = "SELECT evidence FROM decision WHERE number = $1"
_RECORD = """
    INSERT INTO outcome (number, case_number, tip, unit, day, officer, cases, persons, fugitives)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_SUMS = """
    SELECT
        CAST(COALESCE(SUM(cases), 0) AS BIGINT) AS cases,
        CAST(COALESCE(SUM(persons), 0) AS BIGINT) AS persons,
        CAST(COALESCE(SUM(fugitives), 0) AS BIGINT) AS fugitives
    FROM outcome
    WHERE case_number = $1
"""
_EVERY_OUTCOME = "SELECT case_number, tip, unit, day, officer, cases, persons, fugitives FROM outcome ORDER BY number"


class CaseRepository:
    """Implements `bot.ports.Cases`."""

    __slots__ = ("_connection", "_vault")

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def open(self, *, unit: UnitCode, on: date) -> Case:
        """Open a case under the next number."""
        number = CaseNumber(await next_number(self._connection, "case"))
        await self._connection.run(_OPEN, number, unit, on.isoformat(), self._vault.year)
        return Case(number=number, unit=unit, opened_on=on)

    async def get(self, number: CaseNumber) -> Case | None:
        """Find a case."""
        row = await self._connection.row(_GET, number)
        return _case(row) if row is not None else None

    async def recent(self, unit: UnitCode, *, limit: int) -> Sequence[Case]:
        """List a unit's newest cases."""
        return [_case(row) for row in await self._connection.rows(_RECENT, unit, limit)]

    async def decide(
        self,
        *,
        tip: Tip,
        verdict: Verdict,
        case: CaseNumber | None,
        unit: UnitCode,
        day: date,
        officer: OfficerNumber,
        reporter: ChatId | None,
        evidence: str | None,
    ) -> Decision:
        """Record a decision."""
        number = DecisionNumber(await next_number(self._connection, "decision"))
        sealed = None
        if evidence is not None:
            sealed = self._vault.seal(evidence, SealedColumn.EVIDENCE, number)
        source = await self._source(case, tip.number, reporter) if case is not None else None
        await self._connection.run(
            _DECIDE,
            *(number, tip.number, verdict.value, case, source, unit, tip.channel.value, tip.category.value),
            *(day.isoformat(), officer, self._vault.year if sealed else None, sealed),
        )
        return Decision(
            number=number,
            tip=tip.number,
            verdict=verdict,
            case=case,
            unit=unit,
            channel=tip.channel,
            category=tip.category,
            day=day,
            officer=officer,
            source=source,
        )

    async def _source(self, case: CaseNumber, tip: TipNumber, reporter: ChatId | None) -> int | None:
        """Choose which source a decision's is: the tip's before, the one of the reporter's tag, or the next."""
        known = await self._connection.row(_SOURCE_OF_TIP, case, tip)
        file = await self._connection.row(_GET, case) if known is None and reporter is not None else None
        if file is None or reporter is None:
            return known["source"] if known is not None else None
        tag = self._vault.case_tag(case, reporter, year=file["key_year"])
        known = await self._connection.row(_SOURCE_OF_TAG, case, tag)
        if known is not None:
            return int(known["source"])
        following = await self._connection.row(_NEXT_SOURCE, case)
        source = int(following["source"]) if following is not None else 1
        await self._connection.run(_ADD_SOURCE, case, tag, source)
        return source

    async def decisions(self, case: CaseNumber) -> Sequence[Decision]:
        """List a case's decisions."""
        return [_decision(row) for row in await self._connection.rows(_DECISIONS, case)]

    async def current_decision(self, tip: TipNumber) -> Decision | None:
        """Find the standing decision about a tip."""
        row = await self._connection.row(_STANDING, tip)
        return _decision(row) if row is not None else None

    async def withdraw(self, number: DecisionNumber, *, on: date) -> None:
        """Withdraw a standing decision."""
        await self._connection.run(_WITHDRAW, number, on.isoformat())

    async def evidence(self, number: DecisionNumber) -> str | None:
        """Unseal the evidence note."""
        row = await self._connection.row(_EVIDENCE, number)
        if row is None or row["evidence"] is None:
            return None
        return self._vault.open(row["evidence"], SealedColumn.EVIDENCE, number)

    async def record_outcome(self, outcome: Outcome) -> None:
        """Store an outcome record."""
        await self._connection.run(
            _RECORD,
            await next_number(self._connection, "outcome"),
            *(outcome.case, outcome.tip, outcome.unit, outcome.day.isoformat(), outcome.officer),
            *(outcome.cases, outcome.persons, outcome.fugitives),
        )

    async def outcomes(self, case: CaseNumber) -> tuple[int, int, int]:
        """Sum a case's outcomes."""
        row = await self._connection.row(_SUMS, case)
        return (row["cases"], row["persons"], row["fugitives"]) if row is not None else (0, 0, 0)

    async def every_decided(self) -> AsyncIterator[Sequence[Decision]]:
        """Give the decisions of each case together, and each that has no case alone, as they are read."""
        together: list[Decision] = []
        async for row in self._connection.stream(_EVERY_IN_A_CASE):
            decision = _decision(row)
            if together and together[0].case != decision.case:
                yield together
                together = []
            together.append(decision)
        if together:
            yield together
        async for row in self._connection.stream(_EVERY_WITHOUT_CASE):
            yield (_decision(row),)

    async def every_outcome(self) -> AsyncIterator[Outcome]:
        """Give every outcome record as it is read."""
        async for row in self._connection.stream(_EVERY_OUTCOME):
            yield Outcome(
                case=CaseNumber(row["case_number"]),
                tip=TipNumber(row["tip"]),
                unit=UnitCode(row["unit"]),
                day=date.fromisoformat(row["day"]),
                officer=OfficerNumber(row["officer"]),
                cases=row["cases"],
                persons=row["persons"],
                fugitives=row["fugitives"],
            )

    async def forget_sources(self, *, limit: int) -> int:
        """Forget who the sources of cases without words are."""
        return await self._connection.run(_FORGET_SOURCES, limit)

    async def forget_evidence(self, before: date, *, limit: int) -> int:
        """Destroy evidence notes of decisions before a day."""
        return await self._connection.run(_FORGET_EVIDENCE, before.isoformat(), limit)

    async def withdrawn_between(self, first: date, last: date) -> Sequence[Decision]:
        """List valuable decisions of earlier days that were withdrawn within the span."""
        rows = await self._connection.rows(_WITHDRAWN, first.isoformat(), last.isoformat())
        return [_decision(row) for row in rows]


def _case(row: SqlRow) -> Case:
    return Case(
        number=CaseNumber(row["number"]), unit=UnitCode(row["unit"]), opened_on=date.fromisoformat(row["opened_on"])
    )


def _decision(row: SqlRow) -> Decision:
    return Decision(
        number=DecisionNumber(row["number"]),
        tip=TipNumber(row["tip"]),
        verdict=Verdict(row["verdict"]),
        case=CaseNumber(row["case_number"]) if row["case_number"] is not None else None,
        unit=UnitCode(row["unit"]),
        channel=Channel(row["channel"]),
        category=Category(row["category"]),
        day=date.fromisoformat(row["day"]),
        officer=OfficerNumber(row["officer"]),
        source=row["source"],
        withdrawn_on=date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
    )
