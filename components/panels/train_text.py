"""The sentences of training: what the next update makes of each weight, and where the training stands."""

from __future__ import annotations

from collections.abc import Sequence

from components.panels import descent_text
from components.text import short, short_array
from engine.document import Graph, Training
from engine.messages import listed, say, say_count
from engine.training import Update


def update(graph: Graph, node_id: str, made: Update) -> str:
    """Say what an update makes of a weight: "SGD updates w: w − rate × w.grad = 1 − 0.1 × 4 = 0.6"."""
    training, name = graph.training or Training(), graph.node(node_id).name
    places = {
        "optimizer": training.optimizer,
        "name": name,
        "before": short_array(made.before),
        "after": short_array(made.after),
        "gradient": short_array(made.gradient),
        "change": short_array(made.change),
    }
    if training.optimizer == "SGD" and training.clears:
        sign = descent_text.sign_of_step(made.before, training.rate, made.gradient, made.after)
        worked = descent_text.rule(name, made.before, training.rate, made.gradient)
        return say("SGD updates {name}: {worked} {sign} {after}.", worked=worked, sign=sign, **places)
    if not training.clears:
        return say(
            "{optimizer} updates {name} from {before} to {after}: its gradient, not cleared, is {gradient} in all.",
            **places,
        )
    return say("{optimizer} updates {name} from {before} to {after}: its step is {change}.", **places)


def standing(graph: Graph, loss: str) -> str:
    """Say how often the weights were updated, and what the loss over all rows is."""
    training = graph.training or Training()
    if not training.updates or not training.losses:
        return say("No update yet.")
    return say_count(
        "After {count} update the loss over all rows is {value}.",
        "After {count} updates the loss over all rows is {value}.",
        training.updates,
        value=loss,
    )


def rows_shown(rows: range, total: int) -> str:
    """Say which rows of the table stand on the nodes."""
    if not rows:
        return say("The inputs hold other values than a row of the table.")
    if len(rows) == 1:
        return say("Row {number} of {total} stands on the nodes.", number=rows.start + 1, total=total)
    if len(rows) == total:
        return say("All {total} rows stand on the nodes, as arrays.", total=total)
    return say(
        "Rows {first} to {last} of {total} stand on the nodes, as arrays.",
        first=rows.start + 1,
        last=rows.stop,
        total=total,
    )


def asks_for(names: Sequence[str]) -> str:
    """Say what a table is to hold."""
    if not names:
        return say("Give inputs the roles data, weight and target first: select one, and choose its role.")
    return say("Paste cells, or lines such as 1, 2: a column each for {names}.", names=listed(names))


def plot(name: str, target: str, axes: Sequence[str]) -> str:
    """Say what the plot shows, for who does not see it."""
    if len(axes) == 1:
        return say(
            "The points of {target} over {axis}, and the line of {name}.", target=target, axis=axes[0], name=name
        )
    return say(
        "The points of {target} over {axis} and {other}, on the map of {name}.",
        target=target, axis=axes[0], other=axes[1], name=name,
    )  # fmt: skip


def loss_text(training: Training) -> str:
    """Return the latest loss as it is read."""
    return short(training.losses[-1][1]) if training.losses else ""
