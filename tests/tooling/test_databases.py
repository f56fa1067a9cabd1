"""The databases that tests are given are empty, private and of both kinds."""

from sqlalchemy import create_engine, inspect, text


def test_each_test_gets_an_empty_database_that_it_may_change(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE kept (word VARCHAR(20))"))
        connection.execute(text("INSERT INTO kept VALUES ('zaguán')"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT word FROM kept")).scalar_one() == "zaguán"
    engine.dispose()


def test_the_next_test_sees_nothing_of_it(database_url: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
