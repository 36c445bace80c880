"""The factors of a backward step, upstream and local, by the first entries of arrays."""

from __future__ import annotations

import numpy as np

from components.text.numbers import first_entry
from engine.autograd import Array, Function
from engine.evaluation import NodeTrace, Step, Trace, works_elementwise


def multiplies(function: Function, result: NodeTrace) -> bool:
    """Return whether a local derivative of this Function is a number that the gradient is multiplied by."""
    return works_elementwise(function, [array.shape for array in result.data or ()])


def factors_of(trace: Trace, step: Step) -> list[list[tuple[str, str]]]:
    """Return, for each input, upstream and local derivative of each output, the first entry of each."""
    function = trace.functions[step.node]
    with np.errstate(all="ignore"):
        by_output = [function.local_derivatives(output) for output in range(len(step.arrived))]
    return [
        [
            (first_entry(upstream(trace, step, output)), first_entry(by_output[output][port]))
            for output in range(len(by_output))
        ]
        for port in range(len(function.inputs))
    ]


def upstream(trace: Trace, step: Step, output: int) -> Array:
    """Return the gradient that came in at an output; zeros where nothing came."""
    gy = step.arrived[output]
    data = trace.nodes[step.node].data
    assert data is not None
    return np.zeros_like(data[output]) if gy is None else gy


def is_summed(trace: Trace, step: Step, port: int) -> bool:
    """Return whether an input was repeated, so that it gets the sum over all the places where it stood."""
    return step.sent[port].shape != upstream(trace, step, 0).shape
