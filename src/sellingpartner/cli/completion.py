"""`spapi completion`."""

from __future__ import annotations

import sys
from typing import Literal

_BASH_END = """
# The value follows a parameter's name without a space.
_spapi_and_values() {
  _spapi "$@"
  [[ "${COMPREPLY[0]}" == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _spapi_and_values spapi
"""


def completion(shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print what makes a shell complete spapi's commands, operations and their parameters.

    bash: spapi completion bash > ~/.local/share/bash-completion/completions/spapi

    zsh: spapi completion zsh > a folder of your $fpath, as _spapi

    fish: spapi completion fish > ~/.config/fish/completions/spapi.fish

    Args:
        shell: Which shell.
    """
    # Here and not above: the commands are put together there, this one among them.
    from sellingpartner.cli.app import app  # noqa: PLC0415

    sys.stdout.write(app.generate_completion(shell=shell))
    if shell == "bash":
        sys.stdout.write(_BASH_END)
