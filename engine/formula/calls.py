"""Read the call of a function as an op: by the op's own rule, or by that of NumPy's or PyTorch's function."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from engine.autograd import Function, check_parameters
from engine.document import OutputPort
from engine.errors import ParameterError
from engine.formula.constants import ConstantReader
from engine.formula.literals import refuse
from engine.formula.rebuild import Source
from engine.formula.vocabulary import FEWER_DIGITS, INSTEAD, NO_OP, Meaning, callable_ops
from engine.messages import say, say_count

_TUPLES: Final = ("shape", "axes")
"""Parameters of which one number stands for a row of one."""


class CallReader(ConstantReader):
    """Build the nodes of calls."""

    @abstractmethod
    def expression(self, expression: ast.expr, name: str = "") -> Source:
        """Return what an expression stands for; raises FormulaError."""

    def own_call(self, op: type[Function], call: ast.Call, name: str, n_outputs: int | None) -> OutputPort:
        """Read a call by the op's own rule: inputs come first, then parameters, in order or by name.

        Where an op takes any number of inputs, the call says how many, and `n_outputs` follows from what it is
        assigned to, unless the call says otherwise.
        """
        arguments = call.args
        if not op.ports and len(arguments) == 1 and isinstance(arguments[0], ast.List):
            arguments = arguments[0].elts  # concatenate([x, y])
        self._refuse_stars(op, call, arguments)
        named = next((each for each in call.keywords if each.arg in op.ports), None)
        if named is not None:
            refuse(named, say("{op} takes its inputs in order; only parameters have names.", op=op.__name__))
        names = [parameter.name for parameter in op.parameters]
        is_open = "n_inputs" in names
        count = len(arguments) if is_open else len(op.ports)
        if not count <= len(arguments) <= count + (0 if is_open else len(names)):
            refuse_count(op, count, len(arguments), call)
        given: dict[str, Any] = {"n_inputs": count} if is_open else {}
        if n_outputs is not None and "n_outputs" in names:
            given["n_outputs"] = n_outputs
        in_order = zip(names, arguments[count:], strict=False)
        given |= {parameter: self.parameter(op, parameter, written) for parameter, written in in_order}
        given |= self._keywords(call, op, given)
        inputs = [self.expression(argument) for argument in arguments[:count]]
        if is_open and given["n_inputs"] != count:
            refuse(
                call,
                say(
                    "n_inputs is {told}, and the number of inputs here is {counted}.",
                    told=given["n_inputs"],
                    counted=count,
                ),
            )
        return self.op(op, given, inputs, call, name)

    def made_call(self, made: ast.Call, op: type[Function], call: ast.Call, name: str) -> OutputPort:
        """Read a call of a Function that was made with its parameters: Pow(exponent=3)(x)."""
        names = [parameter.name for parameter in op.parameters]
        if len(made.args) > len(names):
            refuse_count(op, 0, len(made.args), made)
        given = {each: self.parameter(op, each, written) for each, written in zip(names, made.args, strict=False)}
        given |= self._keywords(made, op, given)
        self._refuse_stars(op, call, call.args)
        if call.keywords:
            refuse(call.keywords[0], say("{op} takes its inputs in order; only parameters have names.", op=op.__name__))
        if "n_inputs" in names:
            given["n_inputs"] = len(call.args)
        elif len(call.args) != len(op.ports):
            refuse_count(op, len(op.ports), len(call.args), call)
        return self.op(op, given, [self.expression(each) for each in call.args], call, name)

    def meant_call(
        self, meaning: Meaning, called: str, arguments: Sequence[ast.expr], call: ast.Call, name: str, n: int | None
    ) -> OutputPort:
        """Read a call of NumPy's or PyTorch's function, which takes its arguments in an order of its own."""
        op = meaning.op
        self._refuse_stars(op, call, arguments)
        is_open = not op.ports and any(parameter.name == "n_inputs" for parameter in op.parameters)
        inputs, rest = arguments[: len(op.ports)], arguments[len(op.ports) :]
        if is_open:
            listed = arguments[0] if arguments else None
            if not isinstance(listed, ast.List | ast.Tuple):
                refuse(call, say("{name} takes its inputs as one list, such as [x, z].", name=called))
            inputs, rest = listed.elts, arguments[1:]
        if not is_open and len(inputs) < len(op.ports):
            refuse_count(op, len(op.ports), len(inputs), call)
        given: dict[str, Any] = {"n_inputs": len(inputs)} if is_open else {}
        for place, written in enumerate(rest):
            parameter = meaning.order[place] if place < len(meaning.order) else None
            if parameter is None:
                refuse(written, say("{op} has nothing for what stands here.", op=op.__name__))
            given[parameter] = self.parameter(op, parameter, written)
        given |= self._meant_keywords(meaning, called, call, given)
        if given.get("axis") == () and "dim" in meaning.names:  # no axes are all axes for PyTorch
            given["axis"] = None
        for parameter, value in meaning.given.items():
            if parameter not in given and value is ...:
                refuse(call, say("{name} needs its {parameter}.", name=called, parameter=parameter))
            given.setdefault(parameter, value)
        if n is not None and any(parameter.name == "n_outputs" for parameter in op.parameters):
            given.setdefault("n_outputs", n)
        return self.op(op, given, [self.expression(each) for each in inputs], call, name)

    def parameter(self, op: type[Function], name: str, written: ast.expr) -> Any:
        """Return the constant that is given for a parameter; raises FormulaError."""
        value = self.constant_parameter(written)
        if name in _TUPLES and isinstance(value, int) and not isinstance(value, bool):
            value = (value,)
        try:
            return check_parameters(op, {name: value})[name]
        except ParameterError as error:
            refuse(written, str(error))

    def constant_parameter(self, written: ast.expr) -> Any:
        """Return the constant that an expression writes out for a parameter; raises FormulaError."""
        if isinstance(written, ast.Constant) and isinstance(written.value, bool | None):
            return written.value
        if isinstance(written, ast.Tuple | ast.List):
            return tuple(self.constant_parameter(entry) for entry in written.elts)
        found = self.constant(written)
        if not isinstance(found, int | float | tuple):
            refuse(written, say("A parameter is a constant, such as 3, (2, 3), None or True."))
        return found

    def _keywords(self, call: ast.Call, op: type[Function], given: dict[str, Any]) -> dict[str, Any]:
        """Read what is given by name."""
        read: dict[str, Any] = {}
        for keyword in call.keywords:
            if keyword.arg is None:
                refuse(keyword, say("{op} takes its parameters by name, without stars.", op=op.__name__))
            if all(keyword.arg != parameter.name for parameter in op.parameters):
                refuse(keyword, say("{op} has no parameter “{name}”.", op=op.__name__, name=keyword.arg[:40]))
            if keyword.arg in given and not keyword.arg.startswith("n_"):
                refuse(keyword, say("{name} is given twice.", name=keyword.arg))
            read[keyword.arg] = self.parameter(op, keyword.arg, keyword.value)
        return read

    def _meant_keywords(self, meaning: Meaning, called: str, call: ast.Call, given: dict[str, Any]) -> dict[str, Any]:
        read: dict[str, Any] = {}
        fixed = dict(meaning.fixed)
        for keyword in call.keywords:
            parameter = meaning.names.get(keyword.arg or "")
            if keyword.arg in fixed:
                told = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
                if told == fixed[keyword.arg]:
                    del fixed[keyword.arg]
                    continue
            if keyword.arg == "reduction" and isinstance(keyword.value, ast.Constant) and keyword.value.value == "mean":
                continue  # what it is without it
            if parameter is None:
                refuse(
                    keyword,
                    say("{op} has no parameter “{name}”.", op=meaning.op.__name__, name=(keyword.arg or "**")[:40]),
                )
            if parameter in given or parameter in read:
                refuse(keyword, say("{name} is given twice.", name=keyword.arg))
            read[parameter] = self.parameter(meaning.op, parameter, keyword.value)
        if fixed:
            name, value = next(iter(fixed.items()))
            told = f'{name}="{value}"'
            refuse(
                call,
                say(
                    "{name} is another function than {op} without {told}.",
                    name=called,
                    op=meaning.op.__name__,
                    told=told,
                ),
            )
        return read

    def _refuse_stars(self, op: type[Function], call: ast.Call, arguments: Sequence[ast.expr]) -> None:
        starred = next((each for each in arguments if isinstance(each, ast.Starred)), None)
        if starred is not None:
            refuse(starred, say("{op} takes its inputs in order, without stars.", op=op.__name__))


def refuse_count(op: type[Function], count: int, given: int, place: ast.expr) -> NoReturn:
    """Refuse a number of inputs that an op does not take."""
    if given == 1:
        sentence = say_count(
            "{op} takes {count} input, and here is 1.",
            "{op} takes {count} inputs, and here is 1.",
            count,
            op=op.__name__,
        )
    else:
        sentence = say_count(
            "{op} takes {count} input, and here are {given}.",
            "{op} takes {count} inputs, and here are {given}.",
            count,
            op=op.__name__,
            given=given,
        )
    refuse(place, sentence)


def refuse_unknown(called: str, name: str, place: ast.expr) -> NoReturn:
    """Refuse a function that no op means, with what to write where that is known."""
    if name in INSTEAD:
        told = {"name": called[:40], "instead": INSTEAD[name]}
        refuse(place, say(FEWER_DIGITS[name], **told) if name in FEWER_DIGITS else say(NO_OP, **told))
    refuse(place, say("There is no op named “{name}”.", name=called[:40]))


def own_op(name: str) -> type[Function] | None:
    """Return the op that a formula calls by this name, if there is one."""
    return callable_ops().get(name)
