"""The Data Kiosk's schemas are Amazon's, field for field, and hold no sentence of theirs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, build_schema

from sellingpartner.market.data_kiosk.datasets import dataset_names, given
from sellingpartner.market.data_kiosk.schema import schema_of

ROOT = Path(__file__).parents[2]
OURS = ROOT / "src" / "sellingpartner" / "market" / "data_kiosk" / "schemas"
PUBLISHED = ("analytics_economics_2024_03_15", "analytics_salesAndTraffic_2024_04_24")
NOT_GIVEN = {("analytics_economics_2024_03_15", "economicsSimulation")}


@pytest.fixture(scope="module")
def schemas(models: Path) -> Path:
    return models.parent / "schemas" / "data-kiosk"


def told(schema: GraphQLSchema) -> dict[str, Any]:
    """All that a client must know of a schema."""
    found: dict[str, Any] = {}
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType):
            found[name] = {
                field: (
                    str(one.type),
                    {argument: str(said.type) for argument, said in one.args.items()},
                    retention(one.ast_node),
                    one.deprecation_reason is not None,
                )
                for field, one in kind.fields.items()
            }
        elif isinstance(kind, GraphQLInputObjectType):
            found[name] = {field: str(one.type) for field, one in kind.fields.items()}
        elif isinstance(kind, GraphQLEnumType):
            found[name] = sorted(kind.values)
        else:
            found[name] = "scalar"
    return found


def retention(node: Any) -> list[str]:  # noqa: ANN401 - a field's node
    return [
        argument.value.value
        for directive in node.directives or ()
        if directive.name.value == "resultRetention"
        for argument in directive.arguments
    ]


@pytest.mark.parametrize("dataset", PUBLISHED)
def test_a_schema_knows_what_the_published_one_knows(schemas: Path, dataset: str) -> None:
    text = (schemas / f"{dataset}.graphql").read_text(encoding="utf-8")

    ours = schema_of(dataset)

    assert ours is not None
    assert told(ours) == told(build_schema(text))


def test_a_schema_is_as_the_tool_writes_it(schemas: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tools.data_kiosk", schemas, "--into", tmp_path], cwd=ROOT, check=True)

    assert sorted(path.stem for path in tmp_path.iterdir()) == dataset_names()
    for path in tmp_path.iterdir():
        assert (OURS / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("dataset", dataset_names())
def test_no_sentence_of_amazons_is_in_a_schema(dataset: str) -> None:
    text = (OURS / f"{dataset}.graphql").read_text(encoding="utf-8")

    assert '"""' not in text
    assert set(re.findall(r'"([^"]*)"', text)) <= {"P30D"}


@pytest.mark.parametrize("dataset", dataset_names())
def test_every_query_of_a_dataset_has_its_rows_or_is_known_to_have_none(dataset: str) -> None:
    schema = schema_of(dataset)
    assert schema is not None
    assert schema.query_type is not None
    root = schema.query_type.fields[dataset].type

    assert isinstance(root, GraphQLObjectType)
    for field in root.fields:
        assert (given(dataset, field) is None) == ((dataset, field) in NOT_GIVEN)
