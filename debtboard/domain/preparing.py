"""Queries that pages ask all day: their SQL is written once, and asked with other values each time.

Django writes the SQL of a query set anew whenever it is asked. Of the dozen short queries of a page that takes several
times what their answers take. Only the SQL is kept, nothing of an answer.

This leans on the compiler of Django's query sets, which is no public interface: the tests hold it to what the query
sets themselves answer, on SQLite and on PostgreSQL.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression, F, Field, Model, QuerySet
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

SHAPES = 256
"""Statements of one query that are kept at most."""
M = TypeVar("M", bound=Model)
Statement = tuple[SQLCompiler, str, tuple[Any, ...]]


class Given(Expression):
    """Stands in a query set where a value comes that is given when it is asked; a row's number unless said otherwise.

    With `index` it is that item of a sequence that is given.
    """

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None, index: int | None = None) -> None:
        super().__init__(field or BigIntegerField())
        self.name, self.index = name, index

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple["Given"]]:
        return "%s", (self,)

    def filled(self, values: dict[str, Any], database: BaseDatabaseWrapper) -> Any:
        """What the database is told; None can't be compared with, so it is refused."""
        value = values[self.name] if self.index is None else values[self.name][self.index]
        if value is None:
            raise ValueError(f"{self.name} is None: SQL asks for that in another way.")
        return self.output_field.get_db_prep_value(value, database)


def several(name: str, number: int, field: "Field[Any, Any] | None" = None) -> list[Given]:
    """So many items of one sequence; how many there are is part of the shape."""
    return [Given(name, field, index) for index in range(number)]


def among(column: str, name: str, number: int, field: "Field[Any, Any] | None" = None) -> In:
    """The filter that a column has one of so many given values; `__in` takes none for a foreign key."""
    return In(F(column), several(name, number, field))


class Prepared:
    """A query set of rows (`values_list`), written once for each shape: all that its SQL differs by but the values.

    `write` makes it of a shape, with `Given` wherever a value comes.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]]) -> None:
        self._write = write
        self._statements: OrderedDict[Hashable, Statement] = OrderedDict()
        self._lock = Lock()

    def ask(self, *shape: Hashable, **values: Any) -> list[tuple[Any, ...]]:
        """The rows, as the query set gives them."""
        database = connections[DEFAULT_DB_ALIAS]
        written, sql, places = self._statement(shape, database)
        compiler = copy(written)
        compiler.connection = database
        told = [place.filled(values, database) if isinstance(place, Given) else place for place in places]
        with database.cursor() as cursor:
            cursor.execute(sql, told)
            found = cursor.fetchall()
        return list(compiler.results_iter([found], tuple_expected=True))

    def _statement(self, shape: tuple[Hashable, ...], database: BaseDatabaseWrapper) -> Statement:
        key = (database.vendor, shape)
        with self._lock:
            if key in self._statements:
                self._statements.move_to_end(key)
                return self._statements[key]
        compiler = self._write(*shape).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, places = compiler.as_sql()
        compiler.connection = None  # that of whoever asks takes its place
        statement = compiler, sql, tuple(places)
        with self._lock:
            self._statements[key] = statement
            if len(self._statements) > SHAPES:
                self._statements.popitem(last=False)
        return statement


@cache
def columns(model: type[Model], path: str = "") -> tuple[str, ...]:
    """The names of a model's columns, for rows that `instance` takes; `path` is how the model is reached."""
    return tuple(path + field.attname for field in model._meta.concrete_fields)


def instance(model: type[M], row: tuple[Any, ...]) -> M:
    """The object that a row of `columns` is of."""
    return model.from_db(DEFAULT_DB_ALIAS, columns(model), row)
