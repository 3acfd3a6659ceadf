"""Tasks of the plans, when their owner hands over to a colleague."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.people.services.handovers import Handover, InHand
from bot.plans.services.tasks import plan_next
from storage import outbox, plan_tasks
from storage.models import PlanTaskEvent


async def _count(session: AsyncSession, person_id: int, path: str) -> int:
    return len(await plan_tasks.owned_below(session, person_id, path))


async def _give(handover: Handover) -> int:
    session, context = handover.session, handover.context
    tasks = await plan_tasks.owned_below(session, handover.giver.id or 0, handover.path)
    for task in tasks:
        task.owner_id, task.updated_at = handover.taker.id, context.now
        task.updated_by = context.actor.person_id
        plan_next(context.work, task, context.now)
        await outbox.cancel(session, f"task:{task.id}", outbox.REMINDERS)
        session.add(
            PlanTaskEvent(
                task_id=task.id or 0,
                at=context.now,
                actor_id=context.actor.person_id,
                what="given",
                words=handover.taker.name,
            )
        )
    return len(tasks)


TASKS = InHand("nhiệm vụ của kế hoạch", _count, _give)
