"""Work areas: each keeps its own screens alive, so that a parked call comes back exactly as it was left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.driver import Driver
from textual.screen import Screen

from screens.ground.typed_ahead import TypedAheadApp

DOOR = "door"
HOME, INTAKE, BOOK, APPROVALS, DISPATCH = "home", "intake", "book", "approvals", "dispatch"


class AreasApp(TypedAheadApp):
    """Goes from area to area and back; the area called door is where one signs in."""

    DEFAULT_MODE = DOOR

    def __init__(self, door: Callable[[], Screen[Any]], *, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.add_mode(DOOR, door)
        self._offered: set[str] = set()
        self._trail: list[str] = []

    @property
    def area(self) -> str:
        """The area on screen."""
        return self.current_mode

    @property
    def is_at_door(self) -> bool:
        """Tell whether nobody is signed in, or the desk is locked."""
        return self.area == DOOR

    def has_area(self, name: str) -> bool:
        """Tell whether there is such an area to go to."""
        return name in self._offered

    def offer_area(self, name: str, make: Callable[[], Screen[Any]]) -> None:
        """Make an area known; its first screen is made when somebody goes there."""
        if name not in self._offered:
            self._offered.add(name)
            self.add_mode(name, make)

    async def go_to(self, name: str) -> None:
        """Show an area as it was left."""
        if name != self.area:
            self.forget_kept()
            self._trail = [past for past in self._trail if past != name]
            self._trail = [] if name == DOOR else [*self._trail, self.area]
            await self.switch_mode(name)
            self.refresh_bindings()

    async def go_back(self) -> None:
        """Show the area before this one; from the first there is no way back."""
        if before := self._before():
            self.forget_kept()
            self._trail = self._trail[: self._trail.index(before)]
            await self.switch_mode(before)
            self.refresh_bindings()

    async def close_area(self, name: str) -> None:
        """End an area: its screens are gone; if it was on screen, the one before it is shown."""
        if name == self.area:
            await self.go_back()
        if name in self._offered and name != self.area:
            self._offered.discard(name)
            self._trail = [past for past in self._trail if past != name]
            await self.remove_mode(name)

    async def action_area(self, name: str) -> None:
        """Go to an area."""
        await self.go_to(name)

    async def action_leave(self) -> None:
        """F3: close this screen, or go back to the area before."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            await self.go_back()

    async def action_back(self) -> None:
        """Esc: one step back on the screen, and when there is none, off the screen."""
        step: Callable[[], bool] = getattr(self.screen, "step_back", lambda: False)
        if not step():
            await self.action_leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Areas are closed while nobody is signed in (USR-6); there must be something to go back to."""
        if action == "area":
            return self.has_area(str(parameters[0])) and not self.is_at_door and parameters[0] != self.area
        if action == "leave":
            return len(self.screen_stack) > 1 or self._before() is not None
        if action == "back":
            return bool(getattr(self.screen, "has_step_back", False)) or self.check_action("leave", ())
        return super().check_action(action, parameters)

    def _before(self) -> str | None:
        return next((past for past in reversed(self._trail) if past != DOOR and past in self._offered), None)
