"""PostgreSQL and Valkey out of wheels, so that the site runs where no server is installed."""

from orangefriday.embedded.instance import ensure_environment, services
from orangefriday.embedded.problem import CannotStart

__all__ = ["CannotStart", "ensure_environment", "services"]
