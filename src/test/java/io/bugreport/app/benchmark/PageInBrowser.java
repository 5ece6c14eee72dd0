package io.bugreport.app.benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// A page in a headless Chromium, with a stopwatch inside of it.
final class PageInBrowser implements AutoCloseable {
  private static final int TIMES = 7;

  private final ChromeDriver browser;
  private final String address;

  private PageInBrowser(ChromeDriver browser, String address) {
    this.browser = browser;
    this.address = address;
  }

  /// What a reader narrows the page by. Each has a button to press first, its field, what to put
  /// there, its event, and the text that is another one then.
  enum Filter {
    WORD("search in all cards", "", "#q", "lost", "input", "#findings .shown"),
    NOTHING("search that nothing matches", "", "#q", "zzzz", "input", "#findings .shown"),
    SEVERITY("severity", "", "#severity", "critical", "change", "#findings .shown"),
    AREA("area", "", "#area", ":last", "change", "#findings .shown"),
    NAMESPACE(
        "namespace, in cards and all tables",
        "",
        "#namespace",
        ":last",
        "change",
        "#findings .shown"),
    PROXIES(
        "rows of all proxies, unpacked",
        "#data-plane .pager button",
        "#data-plane .row-filter",
        "ingress",
        "input",
        "#data-plane .pager");

    private final String title;
    private final String before;
    private final String field;
    private final String value;
    private final String event;
    private final String shown;

    Filter(String title, String before, String field, String value, String event, String shown) {
      this.title = title;
      this.before = before;
      this.field = field;
      this.value = value;
      this.event = event;
      this.shown = shown;
    }

    String title() {
      return title;
    }
  }

  static boolean isPossible() {
    return find("chromium", "chromium-browser", "google-chrome").isPresent()
        && find("chromedriver").isPresent();
  }

  private static Optional<Path> find(String... names) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static PageInBrowser open(Path page) {
    var options = new ChromeOptions();
    options.setBinary(find("chromium", "chromium-browser", "google-chrome").orElseThrow().toFile());
    options.addArguments(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--window-size=1280,720"));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    var browser = new ChromeDriver(service, options);
    browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return new PageInBrowser(browser, page.toUri().toString());
  }

  /// From the start of the navigation until something of the page is to be seen, in milliseconds:
  /// the middle of several.
  double firstPaint() {
    List<Double> times = new ArrayList<>();
    for (var i = 0; i < TIMES; i++) {
      browser.get("about:blank");
      browser.get(address);
      times.add(number(browser.executeAsyncScript(PAINT)));
    }
    return median(times);
  }

  /// From an input until the frame that shows what came of it, in milliseconds: the middle of
  /// several.
  double time(Filter filter) {
    List<Double> times = new ArrayList<>();
    for (var i = 0; i < TIMES; i++) {
      browser.get("about:blank");
      browser.get(address);
      browser.executeAsyncScript(SETTLED, filter.before);
      times.add(
          number(
              browser.executeAsyncScript(
                  WATCH, filter.field, filter.value, filter.event, filter.shown)));
    }
    return median(times);
  }

  private static double number(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value, "the page gave no time")).doubleValue();
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  @Override
  public void close() {
    browser.quit();
  }

  private static final String PAINT =
      """
      const done = arguments[0];
      const look = () => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0];
        if (paint) done(paint.startTime); else requestAnimationFrame(look);
      };
      look();
      """;

  private static final String SETTLED =
      """
      const done = arguments[1];
      if (arguments[0]) document.querySelector(arguments[0]).click();
      setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))), 500);
      """;

  private static final String WATCH =
      """
      const [css, value, event, watched, done] = arguments;
      const field = document.querySelector(css);
      const shown = () => document.querySelector(watched).textContent;
      const before = shown();
      const begun = performance.now();
      field.value = value === ':last' ? field.options[field.options.length - 1].value : value;
      field.dispatchEvent(new Event(event, { bubbles: true }));
      const look = () => {
        if (shown() === before && performance.now() - begun < 5000) return requestAnimationFrame(look);
        requestAnimationFrame(() => done(performance.now() - begun));
      };
      requestAnimationFrame(look);
      """;
}
