"""Write a graph as a Python script: for this engine, in the style of the book, and for PyTorch."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engine.autograd import Constant, Pow, Variant, function_name
from engine.document import Graph, Node, OutputPort, Value, python_text
from engine.evaluation import Trace
from engine.explain.block_scripts import Written, write_ops
from engine.explain.torch_conventions import told_conventions
from engine.explain.untaken_branches import told_lost_gradients
from engine.replay import Line


def book_script(graph: Graph, trace: Trace) -> list[Line]:
    """Write a graph in the style of the book: Variables, calls of Functions, `backward()`, and the results printed.

    The script runs with `engine` installed and gives the data and grads of `trace`. A node that waits is a comment.
    """
    imported, calls = _imports(graph, trace)
    numbers = _constants_in_calls(graph, trace)
    taken = {"np", "Variable", "Variant", *imported}
    names = {**_names(graph, taken), **numbers}

    def write(node: Node) -> list[Line]:
        if (node.id, 0) in numbers:
            return []
        if node.id not in trace.functions:
            return [_left_out(graph, node, names)]
        inputs = [names[source] for source in _sources(graph, node)]
        by_operator = _is_operator(graph, node, numbers)
        written = f"{inputs[0]} ** {node.parameters['exponent']!r}" if by_operator else _call(node, inputs, calls)
        return [Line(f"{_targets(node, names)} = {written}", node.id)]

    ops = write_ops(graph, trace, names, numbers, taken, write)
    lines = [Line("import numpy as np"), Line(f"from engine import {', '.join(['Variable', *imported])}"), *_head(ops)]
    for node in _in_order(graph, inputs=True):
        lines.append(Line(f"{names[node.id, 0]} = Variable(np.array({_number(node.value)}))", node.id))
    lines += [Line("")] * (lines[-1].text != "")
    lines += ops.body
    argument = "" if trace.variant is Variant.STEP_16 else f"work_list={trace.variant}.work_list()"
    lines += _backward(trace, names, lambda start: argument)
    return _with_results(lines, graph, trace, names)


def torch_script(graph: Graph, trace: Trace) -> list[Line]:
    """Write a graph for PyTorch, in doubles; every grad is kept, so that the numbers can be compared.

    PyTorch gives the right gradients even if another variant than Step 16 computed `trace`. Where it decides otherwise
    than the engine, a comment says so.
    """
    names = _names(graph, {"torch"})
    fixed = _fixed(graph)

    def write(node: Node) -> list[Line]:
        if node.id not in trace.functions:
            return [_left_out(graph, node, names)]
        targets = _targets(node, names)
        if node.parameters.get("n_outputs") == 1:
            targets = f"({targets},)"  # PyTorch gives a tuple of one
        line = Line(f"{targets} = {_torch_call(graph, trace, node, names)}", node.id)
        return [*told_conventions(graph, trace, node), line]

    ops = write_ops(graph, trace, names, (), {"torch"}, write)
    lines = [Line("import torch"), *_head(ops)]
    for node in _in_order(graph, inputs=True):
        tensor = f"torch.tensor({_number(node.value)}, dtype=torch.float64, requires_grad=True)"
        lines.append(Line(f"{names[node.id, 0]} = {tensor}", node.id))
    lines += [Line("")] * (lines[-1].text != "")
    lines += ops.body
    kept = [names[output] for output in ops.named if output[0] not in fixed]
    if kept and trace.sweeps:
        lines += [Line(""), Line(f"for variable in [{', '.join(kept)}]:"), Line("    variable.retain_grad()")]

    def seed(start: OutputPort) -> str:
        data = trace.nodes[start[0]].data
        assert data is not None
        more = ["retain_graph=True"] if len(trace.sweeps) > 1 else []
        return ", ".join([*([] if data[start[1]].ndim == 0 else [f"torch.ones_like({names[start]})"]), *more])

    # PyTorch refuses to differentiate an output that depends on no input.
    started = replace(trace, sweeps=tuple(start for start in trace.sweeps if start[0] not in fixed))
    backward = _backward(started, names, seed)
    lines += [*backward[:1], *told_lost_gradients(graph, trace), *backward[1:]]
    return _with_results(lines, graph, trace, names)


def _head(ops: Written) -> list[Line]:
    """Return the lines between the imports and the inputs: the functions, with two empty lines around each."""
    return [Line(""), *ops.definitions, *([Line("")] if ops.definitions else [])]


def text_of(lines: Iterable[Line]) -> str:
    """Return the script as one text."""
    return "".join(f"{line.text}\n" for line in lines)


def _imports(graph: Graph, trace: Trace) -> tuple[list[str], dict[str, str]]:
    """Return the names that a script imports, and the name by which it calls each op."""
    numbers = _constants_in_calls(graph, trace)
    called = [
        node
        for node in _in_order(graph, inputs=False)
        if node.id in trace.functions and (node.id, 0) not in numbers and not _is_operator(graph, node, numbers)
    ]
    ops = dict.fromkeys(node.op for node in called)
    calls: dict[str, str] = {}
    imported: list[str] = []
    for name in ops:
        assert name is not None
        function = function_name(name)
        # Python has a max of its own, and a script that hides it would surprise: the class is called instead.
        hidden = hasattr(builtins, function)
        imported.append(name if hidden else function)
        calls[name] = name if hidden else function
    if trace.variant is not Variant.STEP_16 and trace.sweeps:
        imported.append("Variant")
    return imported, calls


def _names(graph: Graph, taken: Iterable[str]) -> dict[OutputPort, str]:
    """Return a Python name for every output: the name of its node, unless the script needs that for something else."""
    used = {*taken, *keyword.kwlist, "print", "variable"}
    names: dict[OutputPort, str] = {}
    for node in graph.nodes():
        for output in range(node.n_outputs):
            name = node.name if node.n_outputs == 1 else f"{node.name}_{node.output_names[output]}"
            while name in used:
                name += "_"
            used.add(name)
            names[node.id, output] = name
    return names


def _in_order(graph: Graph, *, inputs: bool) -> list[Node]:
    nodes = [graph.node(node_id) for node_id in graph.topological_order()]
    return [node for node in nodes if node.is_input is inputs]


def _sources(graph: Graph, node: Node) -> list[OutputPort]:
    return [(wire.source, wire.output) for wire in graph.wires_into(node.id).values()]


def _targets(node: Node, names: dict[OutputPort, str]) -> str:
    return ", ".join(names[node.id, output] for output in range(node.n_outputs))


def _left_out(graph: Graph, node: Node, names: dict[OutputPort, str]) -> Line:
    wires = graph.wires_into(node.id)
    arguments = [
        names[wires[port].source, wires[port].output] if port in wires else "…" for port in range(len(node.ports))
    ]
    return Line(f"# {_targets(node, names)} = {function_name(node.op or '')}({', '.join(arguments)})", node.id)


def _number(value: Value | None) -> str:
    return python_text(value) if value is not None else "None"


def _is_operator(graph: Graph, node: Node, numbers: Mapping[OutputPort, str]) -> bool:
    """Return whether an op is written with `**`: a Pow of a Variable, unless its exponent is 2 (that is a Square)."""
    return node.function is Pow and node.parameters["exponent"] != 2 and _sources(graph, node)[0] not in numbers


def _call(node: Node, inputs: list[str], calls: dict[str, str]) -> str:
    """Write the call of an op, with the parameters that are not at their defaults."""
    op = node.function
    assert op is not None
    called = calls[op.__name__]
    defaults = op.defaults() if called == op.__name__ else {**op.defaults(), **op.function_defaults}
    parameters = [f"{name}={value!r}" for name, value in node.parameters.items() if value != defaults[name]]
    if called == op.__name__:  # the class, made with its parameters and then called
        return f"{called}({', '.join(parameters)})({', '.join(inputs)})"
    if "n_inputs" in node.parameters:  # the number of arguments says it
        parameters = [each for each in parameters if not each.startswith("n_inputs=")]
    return f"{called}({', '.join([*inputs, *parameters])})"


def _torch_call(graph: Graph, trace: Trace, node: Node, names: dict[OutputPort, str]) -> str:
    """Write an op for PyTorch: by its `torch` text, or else by its `python` text with NumPy's functions replaced.

    In a text of its own None for axes is written out: all of them, or for an order of axes the reverse.
    """
    op = node.function
    assert op is not None
    sources = _sources(graph, node)
    inputs = [names[source] for source in sources]
    if node.parameters.get("axis") == ():  # over no axis; for PyTorch these are all
        return f"{inputs[0]}.clone()"
    parameters = dict(node.parameters)
    if op.torch and sources:
        data = trace.nodes[sources[0][0]].data
        axes = tuple(range(0 if data is None else data[sources[0][1]].ndim))
        every = {"axis": axes, "axes": axes[::-1]}
        parameters |= {name: every[name] for name, value in parameters.items() if value is None and name in every}
    filled = {**dict(zip(node.ports, inputs, strict=True)), "xs": ", ".join(inputs)}
    filled |= {name: repr(value) for name, value in parameters.items()}
    return (op.torch or op.python.replace("np.", "torch.")).format(**filled)


def _constants_in_calls(graph: Graph, trace: Trace) -> dict[OutputPort, str]:
    """Return the text of each Constant that is written as a number in a call: all but those that are differentiated."""
    asked = {trace.output, *trace.sweeps}
    return {
        (node.id, 0): repr(node.parameters["value"])
        for node in graph.nodes()
        if node.function is Constant and (node.id, 0) not in asked and graph.network.out_degree(node.id)
    }


def _fixed(graph: Graph) -> set[str]:
    """Return the nodes that depend on no input, or only by a condition, through which no gradient flows."""
    fixed: set[str] = set()
    for node_id in graph.topological_order():
        node, wires = graph.node(node_id), graph.wires_into(node_id)
        local = () if node.function is None else node.function.local
        flowing = [wire for port, wire in wires.items() if len(local) <= port or local[port] != "0"]
        if not node.is_input and all(wire.source in fixed for wire in flowing):
            fixed.add(node_id)
    return fixed


def _backward(trace: Trace, names: dict[OutputPort, str], argument: Callable[[OutputPort], str]) -> list[Line]:
    if not trace.sweeps:
        return []
    return [Line(""), *(Line(f"{names[start]}.backward({argument(start)})", start[0]) for start in trace.sweeps)]


def _with_results(lines: list[Line], graph: Graph, trace: Trace, names: dict[OutputPort, str]) -> list[Line]:
    """Add lines that print the output and the gradient of every input."""
    results: list[Line] = []
    if trace.output is not None and trace.output[0] in trace.functions:
        name = names[trace.output]
        results.append(Line(f'print("{name} =", {name}.data)', trace.output[0]))
    if trace.sweeps:
        for node in _in_order(graph, inputs=True):
            name = names[node.id, 0]
            results.append(Line(f'print("{name}.grad =", {name}.grad)', node.id))
    return [*lines, *([Line(""), *results] if results else [])]
