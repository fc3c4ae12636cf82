"""The options that set up a run: one for each field of `RunConfig`."""

from __future__ import annotations

from argparse import Action
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import MISUSED, CommandError
from microgpt_gui.cli.values import number, whole_number
from microgpt_gui.data import DATASETS
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.config import MAX_LEARNING_RATE, RANGES, RunConfig

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _ArgumentGroup
    from collections.abc import Mapping
    from typing import Any

_DEFAULTS = RunConfig()


def add_settings(
    parser: ArgumentParser, fixed: Mapping[str, object] = MappingProxyType({})
) -> _ArgumentGroup:
    """Add one option for each field of `RunConfig`; return the group of the run's.

    What is parsed has the names of those that were written in ``given``.

    Args:
        parser: A command's.
        fixed: Settings that are no options of this command, and their values.
    """
    usual = {f.name: f.default for f in fields(RunConfig)}
    parser.set_defaults(**usual, given=frozenset())
    parser.set_defaults(**fixed)
    run = parser.add_argument_group("the run")
    model = parser.add_argument_group("the model")
    optimizer = parser.add_argument_group("the optimizer")  # unseen where all is fixed
    run.add_argument(
        "--dataset",
        action=_Setting,
        default=_DEFAULTS.dataset,
        metavar="NAME|FILE",
        help="a dataset, or a UTF-8 text file (default: %(default)s)",
    )
    run.add_argument(
        "--documents",
        action=_Setting,
        default=_DEFAULTS.documents,
        metavar="WHAT",
        help="what one document of a text file is: lines, or paragraphs, which blank "
        "lines part and whose line breaks are letters (default: %(default)s)",
    )
    run.add_argument(
        "--leave-out-mark",
        action=_Setting,
        nargs=0,
        const=True,
        default=_DEFAULTS.leave_out_mark,
        help="take the byte order mark that a text may begin with for no letter; the "
        "script takes it for one",
    )
    if "engine" not in fixed:
        run.add_argument(
            "--engine",
            action=_Setting,
            default=_DEFAULTS.engine,
            metavar="E",
            help=f"what computes: {', '.join(ENGINES)} (default: %(default)s)",
        )
    for group, setting, meaning in (
        (run, "seed", "of the one random stream that decides everything"),
        (run, "steps", "documents to learn from, one a step"),
        (
            run,
            "train_documents",
            "train on the first N of the shuffled documents only; 0: on all",
        ),
        (model, "n_layer", "layers"),
        (model, "n_embd", "embedding size: numbers for each token"),
        (model, "n_head", "heads of each layer; must divide n_embd"),
        (model, "block_size", "context length, in tokens"),
        (
            optimizer,
            "decay_steps",
            "step where the learning rate reaches 0; 0: the last",
        ),
    ):
        if setting in fixed:
            continue
        low, high = RANGES[setting]
        group.add_argument(
            "--" + setting.replace("_", "-"),
            action=_Setting,
            type=whole_number,
            default=getattr(_DEFAULTS, setting),
            metavar="N",
            help=f"{meaning}; {low:,} to {high:,} (default: %(default)s)",
        )
    for group, setting, meaning in (
        (
            run,
            "held_out",
            "share of the documents that no step learns from, the last of the shuffled "
            "order; 0 to below 1",
        ),
        (
            optimizer,
            "learning_rate",
            f"of the first step, up to {MAX_LEARNING_RATE:g}; falls to 0",
        ),
        (optimizer, "beta1", "Adam's decay rate of the gradient's mean, below 1"),
        (
            optimizer,
            "beta2",
            "Adam's decay rate of the squared gradient's mean, below 1",
        ),
    ):
        if setting in fixed:
            continue
        group.add_argument(
            "--" + setting.replace("_", "-"),
            action=_Setting,
            type=number,
            default=getattr(_DEFAULTS, setting),
            metavar="X",
            help=f"{meaning} (default: %(default)s)",
        )
    return run


class _Setting(Action):
    """Stores the value, or ``const`` of a flag, and that it was written."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, self.const if self.nargs == 0 else values)
        namespace.given |= {self.dest}


def run_config(options: Namespace) -> RunConfig:
    """Return the settings of a run.

    Raises:
        CommandError: A value is not allowed; names the option and says what is.
    """
    try:
        config = RunConfig(
            **{f.name: getattr(options, f.name) for f in fields(RunConfig)}
        )
    except ConfigError as error:
        raise misused(error.field, str(error)) from None
    if config.dataset in DATASETS and config.documents != "lines":
        raise misused(
            "documents",
            f"{config.dataset} has one document a line; {config.documents} are for "
            "texts of your own",
        )
    return config


def misused(setting: str, message: str) -> CommandError:
    """Return the error of an option whose value is not allowed."""
    option = "--" + setting.replace("_", "-")
    return CommandError(f"argument {option}: {message}", MISUSED)
