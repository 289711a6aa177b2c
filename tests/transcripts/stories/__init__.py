"""The stories. They speak in what people type and in the labels they press, and know nothing of the project."""

from tests.transcripts.stage import Story
from tests.transcripts.stories import counting, following, later, people, reporting, triage

STORIES: dict[str, Story] = {
    story.__name__: story
    for module in (reporting, following, later, triage, counting, people)
    for story in module.STORIES
}
"""Every story by its name, which is also the name of its file."""
