import gc

from microgpt_gui.data.kept import Kept


class Text:
    def __len__(self) -> int:
        return 0  # as false as a value can be


def test_what_is_held_and_what_was_asked_for_last_is_not_made_again() -> None:
    kept: Kept[Text] = Kept()
    made = []

    def make() -> Text:
        made.append(1)
        return Text()

    held = kept.get("held", make)
    kept.get("other", make)
    assert kept.get("held", make) is held
    gc.collect()
    assert kept.find("other") is None, "what nobody needs takes memory"
    del held
    assert kept.find("held") is not None
    kept.get("other", make)
    assert kept.find("held") is None
    assert len(made) == 3
