"""The rooms' routes: what comes in is checked, whoever asks is told apart by a token, and a refusal is a sentence.

A token comes in the header `Authorization`, never in an address, which is logged and handed on. No browser sends that
header by itself, so no other site can ask in somebody's name; that an `Origin` is the page's own is looked at as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from components.border import log_fault
from components.rooms import bodies, errors
from components.rooms.codes import LONGEST_TOKEN, MADE_UP_TOKEN, hash_of
from components.rooms.events import HEADERS, Stream
from components.rooms.limits import source_of
from components.rooms.question import Question
from components.rooms.table import table_of_room
from components.server import is_allowed_origin
from engine.document import Strict
from engine.errors import PlaygroundError
from engine.messages import best_language, say, using_language

if TYPE_CHECKING:
    from starlette.requests import Request

    from components.rooms.room_server import RoomServer

_T = TypeVar("_T", bound=Strict)
_Answer = Callable[["Request"], Awaitable[Response]]
_STATUS: Final[tuple[tuple[type[PlaygroundError], int], ...]] = (
    (errors.NoRoomError, 404),
    (errors.NotAllowedError, 403),
    (errors.ClosedError, 409),
    (errors.TooManyError, 429),
    (errors.TooLargeError, 413),
    (PlaygroundError, 400),
)
_NOT_KEPT: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def room_routes(server: RoomServer) -> list[Any]:
    """Return the routes of a server's rooms."""
    host, path = _Routes(server), "/{prefix:path}rooms"
    return [
        Route(path, host.guarded(host.open_room), methods=["POST"]),
        Route(f"{path}/{{code}}/join", host.guarded(host.join), methods=["POST"]),
        Route(f"{path}/{{code}}/events", host.guarded(host.events), methods=["GET"]),
        Route(f"{path}/{{code}}/answer", host.guarded(host.answer), methods=["PUT"]),
        Route(f"{path}/{{code}}/graph", host.guarded(host.show_graph), methods=["PUT"]),
        Route(f"{path}/{{code}}/graph/{{student}}", host.guarded(host.graph), methods=["GET"]),
        Route(f"{path}/{{code}}/actions", host.guarded(host.act), methods=["POST"]),
        Route(f"{path}/{{code}}/table", host.guarded(host.table), methods=["GET"]),
    ]


class _Routes:
    def __init__(self, server: RoomServer) -> None:
        self._server = server
        self._rooms, self._voting, self._database = server.rooms, server.voting, server.database
        self._limits = server.limits

    def guarded(self, answer: _Answer) -> _Answer:
        """Return what answers a request or says why not, in the browser's language."""

        async def guarded(request: Request) -> Response:
            with using_language(_language_of(request)):
                try:
                    self._refuse_foreign(request)
                    return await answer(request)
                except PlaygroundError as error:
                    status = next(status for kind, status in _STATUS if isinstance(error, kind))
                    return _refusal(str(error), status)
                except (SQLAlchemyError, OSError):
                    log_fault("The rooms' database did not do what it was asked for.")
                    return _refusal(say("The room does not answer now. Try again in a moment."), 503)
                except Exception:
                    log_fault("A request to a room could not be answered.")
                    return _refusal(say("The playground itself failed at this, so nothing was changed."), 500)

        return guarded

    def _refuse_foreign(self, request: Request) -> None:
        """Refuse what another site's page asks for; a browser leaves `Origin` out where its own page only reads."""
        origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
        if not origin and request.method == "GET":
            return
        if not is_allowed_origin(origin, host, self._server.allowed_origins()):
            raise errors.NotAllowedError(say("Only the playground's own page may ask for this."))

    # Anybody ----------------------------------------------------------------------------------------------------------

    async def open_room(self, request: Request) -> Response:
        self._limits.rooms.take(_source_of(request))
        opened = await self._database.run(self._rooms.open, _made_up_token(request))
        self._limits.known.add(opened.code, opened.token)
        return _told({"code": opened.code, "token": opened.token, "endsAt": opened.ends_at})

    async def join(self, request: Request) -> Response:
        source, code, limits = _source_of(request), _code_of(request), self._limits
        body = await _body(request, bodies.Join)
        if limits.known.holds(code, body.token):
            limits.returns.take(hash_of(body.token))
        else:
            limits.check_guesses(source)
            limits.joins.take(source)
        try:
            joined = await self._database.run(self._rooms.join, code, body.name, body.token, _made_up_token(request))
        except errors.NoRoomError:
            limits.known.forget(code, body.token)
            limits.count_guess(source)
            raise
        limits.known.add(joined.code, joined.token)
        return _told({"code": joined.code, "token": joined.token, "name": joined.name})

    async def events(self, request: Request) -> Response:
        token = self._token(request)
        self._limits.streams.take(hash_of(token))
        person = await self._asking(request, self._rooms.person, _code_of(request), token)
        stream = Stream(
            self._server.feeds,
            self._server.judge,
            person,
            last_id=request.headers.get("last-event-id", ""),
            is_once="once" in request.query_params,
            language=_language_of(request),
            heartbeat=self._server.heartbeat,
        )
        return StreamingResponse(stream.events(), media_type="text/event-stream", headers=HEADERS)

    # Students ---------------------------------------------------------------------------------------------------------

    async def answer(self, request: Request) -> Response:
        token = self._token(request)
        self._limits.answers.take(hash_of(token))
        body = await _body(request, bodies.Answer)
        given = await self._asking(
            request,
            self._voting.answer,
            _code_of(request),
            token,
            body.question,
            body.round,
            body.text,
            locks=body.locks,
        )
        return _told({"text": given.text, "locked": given.is_locked})

    async def show_graph(self, request: Request) -> Response:
        token = self._token(request)
        self._limits.answers.take(hash_of(token))
        body = await _body(request, bodies.ShowGraph)
        await self._asking(request, self._voting.show_graph, _code_of(request), token, body.link)
        return _told({})

    # The teacher ------------------------------------------------------------------------------------------------------

    async def act(self, request: Request) -> Response:
        token, code = self._token(request), _code_of(request)
        self._limits.actions.take(hash_of(token))
        body = await _body(request, bodies.Acting, bodies.LARGEST_QUESTION)
        voting, rooms = self._voting, self._rooms
        match body.action:
            case bodies.Ask(id=question_id, question=asked, after=after):
                # Only for whoever may ask: a graph is computed, which takes a while.
                await self._asking(request, rooms.check_teacher, code, token)
                question = await asyncio.to_thread(Question.of, asked)
                await self._asking(request, voting.ask, code, token, question_id, question, after)
            case bodies.Close(question=question_id, round=number):
                await self._asking(request, voting.close, code, token, question_id, number)
            case bodies.VoteAgain(question=question_id, round=number):
                await self._asking(request, voting.vote_again, code, token, question_id, number)
            case bodies.Reveal(question=question_id):
                await self._asking(request, voting.reveal, code, token, question_id)
            case bodies.ShowSpread(shown=is_shown):
                await self._asking(request, voting.show_spread, code, token, is_shown)
            case bodies.Rename(student=student, name=name):
                await self._asking(request, rooms.rename, code, token, student, name)
            case bodies.Remove(student=student):
                await self._asking(request, rooms.remove, code, token, student)
            case bodies.End():
                await self._asking(request, rooms.end, code, token)
                self._limits.known.forget_room(code)
        return _told({})

    async def graph(self, request: Request) -> Response:
        token = self._token(request)
        self._limits.readings.take(hash_of(token))
        student = request.path_params["student"]
        link = await self._asking(request, self._voting.graph_of, _code_of(request), token, student)
        return _told({"link": link})

    async def table(self, request: Request) -> Response:
        token, code = self._token(request), _code_of(request)
        self._limits.readings.take(hash_of(token))
        await self._asking(request, self._rooms.check_teacher, code, token)
        written = await asyncio.to_thread(table_of_room, self._rooms, self._server.judge, code, token)
        return Response(written.encode(), media_type="text/csv; charset=utf-8", headers=_NOT_KEPT)

    # ------------------------------------------------------------------------------------------------------------------

    def _token(self, request: Request) -> str:
        token = _sent_token(request)
        if not self._limits.known.holds(_code_of(request), token):
            self._limits.failures.check(_source_of(request))
        return token

    async def _asking(
        self, request: Request, work: Callable[..., Any], code: str, token: str, *args: Any, **more: Any
    ) -> Any:
        """Ask the database in somebody's name; who is nobody there is counted."""
        try:
            found = await self._database.run(work, code, token, *args, **more)
        except errors.NotAllowedError:
            self._limits.known.forget(code, token)
            self._limits.failures.count(_source_of(request))
            raise
        self._limits.known.add(code, token)
        return found


def _sent_token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" and len(token) <= LONGEST_TOKEN else ""


def _made_up_token(request: Request) -> str:
    """Return the token that a browser has made up for whom it opens a room or joins one; empty where it has not."""
    token = _sent_token(request)
    return token if MADE_UP_TOKEN.fullmatch(token) else ""


def _code_of(request: Request) -> str:
    return str(request.path_params["code"])[: bodies.LONGEST_CODE]


def _source_of(request: Request) -> str:
    return source_of(request.client.host) if request.client is not None else ""


def _language_of(request: Request) -> str:
    accepted = request.headers.get("accept-language", "")[:200].split(",")
    return best_language([tag.partition(";")[0].strip() for tag in accepted])


async def _body(request: Request, model: type[_T], limit: int = bodies.LARGEST_BODY) -> _T:
    """Return what a request's body says; one that is too large is not read to its end."""
    declared = request.headers.get("content-length", "")
    bodies.refuse_size(int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 20 else 0, limit)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        bodies.refuse_size(len(body), limit)
    return bodies.read_body(bytes(body), model)


def _told(content: dict[str, Any]) -> Response:
    return JSONResponse(content, headers=_NOT_KEPT)


def _refusal(sentence: str, status: int) -> Response:
    retry = {"Retry-After": "60"} if status == 429 else {}
    return JSONResponse({"sentence": sentence}, status, headers={**_NOT_KEPT, **retry})
