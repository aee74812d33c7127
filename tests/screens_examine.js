() => {
  // Facts about the page as it stands: what is too wide, what is cut off, what it says, where its action is.
  const root = document.scrollingElement;
  const isSeen = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && style.display !== "none" && box.width > 1 && box.height > 1;
  };
  const isReadByEarOnly = (element) => element.closest(".visually-hidden, .visually-hidden-focusable, .skip-link");
  const isInScroller = (element) => {
    for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(outer).overflowX)) return true;
    }
    return false;
  };
  const all = Array.from(document.body.querySelectorAll("*")).filter(isSeen);

  const clipped = all
    .filter((element) => element.children.length === 0 && element.textContent.trim() && !isReadByEarOnly(element))
    .filter((element) => ["hidden", "clip"].includes(getComputedStyle(element).overflowX) && !element.title)
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.textContent.trim().slice(0, 40));

  const overflow = root.scrollWidth - root.clientWidth;
  const wide = overflow > 1
    ? all.filter((element) => !isInScroller(element) && element.getBoundingClientRect().right > root.clientWidth + 1)
    : [];
  const widest = wide.length ? `${wide[wide.length - 1].tagName} .${wide[wide.length - 1].className}` : "";

  const spoken = Array.from(document.querySelectorAll("[title], [placeholder], [aria-label], [alt]"))
    .map((element) => ["title", "placeholder", "aria-label", "alt"].map((name) => element.getAttribute(name)).join(" "));
  // Keys of registers, as the files to import write them: Latin by nature, in their own columns of the admin.
  const codes = Array.from(document.querySelectorAll(".field-code, .field-batch")).map((element) => element.innerText);
  const primary = Array.from(document.querySelectorAll("main .btn-primary")).filter(isSeen)[0];
  return {
    overflow,
    widest,
    clipped,
    codes: codes.join("\n"),
    text: [document.title, document.body.innerText, ...spoken].join("\n"),
    primary_bottom: primary ? Math.round(primary.getBoundingClientRect().bottom) : 0,
  };
}
