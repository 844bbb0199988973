"""Going through a page by the keyboard alone, as a sighted person does."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: (one.getAttribute("aria-label") || one.innerText || one.value || one.tagName).trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    inDialog: Boolean(one.closest("[role=dialog]")),
    main: one.id === "stMain",
  };
}"""
MOST = 60


@dataclass
class Keys:
    """A keyboard on one page; it fails where the focus cannot be seen."""

    page: Page
    passed: list[str] = field(default_factory=list)

    def focused(self) -> dict[str, object]:
        """What has the focus: its name, whether it is ringed, seen, in a dialog."""
        return dict(self.page.evaluate(FOCUSED))

    def tab(self) -> str:
        """Go one stop further, and return its name."""
        self.page.keyboard.press("Tab")
        stop = self.focused()
        assert (stop["ring"], stop["seen"]) == (True, True), stop
        name = "" if stop["main"] else str(stop["name"])
        self.passed.append(name)
        return name

    def to(self, name: str) -> None:
        """Go on until something of this name has the focus."""
        for _ in range(MOST):
            if self.tab() == name:
                return
        raise AssertionError(f"{name} has no stop: {self.passed[-MOST:]}")

    def press(self, name: str) -> None:
        """Go to a link or a button and press Enter."""
        self.to(name)
        self.page.keyboard.press("Enter")

    def stays_inside(self) -> list[str]:
        """Go once around an open dialog; return its stops. The focus never leaves it."""
        stops: list[str] = []
        while (name := self.tab()) not in stops:
            assert self.focused()["inDialog"], name
            stops.append(name)
        return stops

    def escape(self) -> str:
        """Close the dialog by Esc; return what then has the focus."""
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        return str(self.focused()["name"])
