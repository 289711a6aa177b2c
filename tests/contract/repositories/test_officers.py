"""Officers and their invitations, on every engine."""

from datetime import timedelta

from bot.domain.roles import Enrolment, Role
from bot.ports import Executor, UnitOfWork
from tests.contract.asking import do
from tests.contract.samples import CITY, HUNG, LAN, TODAY, WARD
from tests.memory.fakes import START


async def test_an_officer_waits_is_let_in_and_leaves(executor: Executor) -> None:
    """Revocation works at once, and the chat is nobody's afterwards."""
    officer = await do(
        executor,
        lambda uow: uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=LAN, person="Hùng <b>", inviter=None),
    )
    assert (await do(executor, lambda uow: uow.officers.by_chat(LAN))).enrolment is Enrolment.WAITING
    assert await do(executor, lambda uow: uow.officers.on_duty(WARD)) == []
    assert await do(executor, lambda uow: uow.officers.activate(officer.number)) is True
    assert await do(executor, lambda uow: uow.officers.activate(officer.number)) is False
    (contact,) = await do(executor, lambda uow: uow.officers.on_duty(WARD))
    assert (contact.chat, contact.person, contact.officer.enrolment) == (LAN, "Hùng <b>", Enrolment.ACTIVE)
    assert await do(executor, lambda uow: uow.officers.staffed()) == {WARD}
    assert await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY)) is True
    assert await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY)) is False
    assert await do(executor, lambda uow: uow.officers.by_chat(LAN)) is None
    assert await do(executor, lambda uow: uow.officers.staffed()) == frozenset()
    assert (await do(executor, lambda uow: uow.officers.get(officer.number))).enrolment is Enrolment.REVOKED
    again = await do(
        executor, lambda uow: uow.officers.enrol(role=Role.ADMIN, unit=CITY, chat=LAN, person="Hùng", inviter=HUNG)
    )
    assert await do(executor, lambda uow: uow.officers.inviter(again.number)) == HUNG
    await do(executor, lambda uow: uow.officers.activate(again.number))
    assert len(await do(executor, lambda uow: uow.officers.with_role(Role.ADMIN))) == 1
    assert await do(executor, lambda uow: uow.officers.staffed()) == frozenset()
    assert len(await do(executor, lambda uow: uow.officers.everyone())) == 1


async def test_a_revoked_officers_name_and_chat_die_and_the_number_stays(executor: Executor) -> None:
    """The audit log still says who did what; nobody can be written to."""
    officer = await do(
        executor, lambda uow: uow.officers.enrol(role=Role.OFFICER, unit=WARD, chat=LAN, person="Hùng", inviter=None)
    )
    await do(executor, lambda uow: uow.officers.revoke(officer.number, on=TODAY))
    await do(executor, lambda uow: uow.officers.forget_revoked(TODAY, limit=9))
    assert await do(executor, lambda uow: uow.officers.contact(officer.number)) is not None
    await do(executor, lambda uow: uow.officers.forget_revoked(TODAY + timedelta(days=1), limit=9))
    assert await do(executor, lambda uow: uow.officers.contact(officer.number)) is None
    assert (await do(executor, lambda uow: uow.officers.get(officer.number))).enrolment is Enrolment.REVOKED


async def test_an_invitation_works_once_and_in_time(executor: Executor) -> None:
    """The link may have been seen by others."""

    async def invite(uow: UnitOfWork) -> None:
        for token in ("a" * 22, "b" * 22):
            await uow.invites.add(
                token=token, role=Role.OFFICER, unit=WARD, inviter=HUNG, expires=START + timedelta(hours=48)
            )

    await do(executor, invite)
    taken = await do(executor, lambda uow: uow.invites.take("a" * 22, now=START))
    assert (taken.role, taken.unit, taken.inviter) == (Role.OFFICER, WARD, HUNG)
    assert await do(executor, lambda uow: uow.invites.take("a" * 22, now=START)) is None
    assert await do(executor, lambda uow: uow.invites.take("b" * 22, now=START + timedelta(hours=49))) is None
    assert await do(executor, lambda uow: uow.invites.take("c" * 22, now=START)) is None
