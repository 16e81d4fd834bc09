"""Put the checkout on the virtual environment's path and write the `gehoor` command.

Called by the Makefile. An editable install would need a build back end, which a person who only
runs the product has no use for.
"""

import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def packages() -> list[str]:
    """The top-level packages, as `pyproject.toml` names them for the wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def link() -> None:
    """Write `gehoor.pth` into site-packages and `gehoor` into the scripts folder."""
    site_packages = Path(sysconfig.get_path("purelib"))
    (site_packages / "gehoor.pth").write_text(f"{ROOT}\n", "utf-8")
    command = Path(sysconfig.get_path("scripts")) / "gehoor"
    command.write_text(
        f"#!{sys.executable}\nfrom service.command_line import main\n\nmain()\n", "utf-8"
    )
    command.chmod(0o755)


if __name__ == "__main__":
    if sys.argv[1:] == ["--packages"]:
        sys.stdout.write(" ".join(packages()) + "\n")
    else:
        link()
