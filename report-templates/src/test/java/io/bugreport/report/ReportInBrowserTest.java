package io.bugreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/// The page in a real browser, as a colleague opens it from a ticket.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportInBrowserTest {
  private ChromeDriver browser;
  private String address;
  private Diagnosis diagnosis;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Chromium.isHere(), "no chromium and chromedriver on the PATH");
    diagnosis = SampleMesh.diagnosis();
    var page = Files.createTempFile("bug-report", ".html");
    page.toFile().deleteOnExit();
    try (Snapshot snapshot = SampleMesh.snapshot(folder)) {
      Files.writeString(page, SampleMesh.html(snapshot, diagnosis));
    }
    address = page.toUri().toString();
    browser = Chromium.start();
    browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(10));
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void load() {
    Chromium.withoutScripts(browser, false);
    Chromium.prefer(browser, "light");
    Chromium.resize(browser, 1280, 720);
    browser.get("about:blank");
    browser.get(address);
  }

  private Object script(String script) {
    return Objects.requireNonNull(browser.executeScript("return " + script), script);
  }

  /// Waits in the page until a condition holds, and fails where it does not within ten seconds.
  private void until(String condition) {
    browser.executeAsyncScript(
        "const done = arguments[0]; const look = () => "
            + condition
            + " ? done(true) : requestAnimationFrame(look); look();");
  }

  /// Clicks where it is once it stands still: what lies above is laid out only as it comes near,
  /// and moves it.
  private void click(WebElement element) {
    browser.executeAsyncScript(
        """
        const [element, done] = arguments;
        let last;
        const look = () => {
          element.scrollIntoView({ block: "center", behavior: "instant" });
          const top = element.getBoundingClientRect().top;
          if (top === last) return done();
          last = top;
          requestAnimationFrame(() => requestAnimationFrame(look));
        };
        look();
        """,
        element);
    element.click();
  }

  private void untilCards(int count) {
    until("document.querySelectorAll('.card:not([hidden])').length === " + count);
  }

  @Test
  void theFirstScreenNeedsNoScrolling() {
    assertThat((Number) script("document.getElementById('summary').getBoundingClientRect().bottom"))
        .as("bottom of verdict, cards, start and coverage, in pixels")
        .extracting(Number::intValue)
        .satisfies(bottom -> assertThat(bottom).isLessThanOrEqualTo(720));
  }

  @Test
  void nothingIsLoadedAndNothingIsComplainedAbout() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    var requests =
        browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .map(entry -> entry.getMessage())
            .filter(message -> message.contains("\"Network.requestWillBeSent\""))
            .filter(message -> message.contains("\"documentURL\":\"file:///"))
            .filter(message -> !message.contains("\"url\":\"" + address))
            .toList();
    assertThat(requests).as("requests beside the page itself").isEmpty();
  }

  @Test
  void aForeignScriptAndAStyleAttributeAreRefused() {
    script(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.foreign = 1';"
            + " document.body.append(s); document.querySelector('h1').setAttribute('style',"
            + " 'display:none'); return true; })()");
    assertThat(script("typeof window.foreign")).isEqualTo("undefined");
    assertThat(browser.findElement(By.tagName("h1")).isDisplayed()).isTrue();
    browser.manage().logs().get(LogType.BROWSER);
  }

  @Test
  void searchNarrowsTheCardsAndTheAddressRemembersIt() {
    browser.findElement(By.id("q")).sendKeys("oomkilled");
    untilCards(1);
    until("location.hash === '#q=oomkilled'");
    browser.get("about:blank");
    browser.get(address + "#q=oomkilled");
    untilCards(1);
  }

  @Test
  void severityAndNamespaceNarrowTheCards() {
    browser.findElement(By.cssSelector("#severity option[value=error]")).click();
    untilCards(3);
    browser.findElement(By.cssSelector("#severity option[value='']")).click();
    browser.findElement(By.xpath("//select[@id='namespace']/option[.='legacy-1']")).click();
    untilCards(1);
    assertThat(browser.findElement(By.cssSelector("[aria-live]")).getText()).contains("1 of 5");
  }

  @Test
  void anAreaNarrowsTheCardsAndTheAddressRemembersIt() {
    var area = browser.findElement(By.cssSelector(".card")).getDomAttribute("data-area");
    var same = "document.querySelectorAll('.card[data-area=\"" + area + "\"]').length";
    var count = ((Number) script(same)).intValue();
    browser.findElement(By.xpath("//select[@id='area']/option[.='" + area + "']")).click();
    untilCards(count);
    until("location.hash.startsWith('#area=')");
    var link = (String) script("location.href");
    browser.get("about:blank");
    browser.get(link);
    untilCards(count);
  }

  @Test
  void onlyTheFirstCardOfACauseIsUnfolded() {
    assertThat(
            script(
                "(() => { const seen = new Set(); return [...document.querySelectorAll('.card.error')]"
                    + ".every((card) => { const code = card.querySelector('.finding-code').textContent;"
                    + " const first = !seen.has(code); seen.add(code); return card.open === first; }); })()"))
        .isEqualTo(true);
  }

  @Test
  void keysSearchMoveAndExplainThemselves() {
    var body = browser.findElement(By.tagName("body"));
    body.sendKeys("j");
    browser.switchTo().activeElement().sendKeys("j");
    assertThat(
            script(
                "document.activeElement.closest('.card') === document.querySelectorAll('.card')[1]"))
        .isEqualTo(true);
    browser.switchTo().activeElement().sendKeys("k");
    assertThat(
            script(
                "document.activeElement.closest('.card') === document.querySelectorAll('.card')[0]"))
        .isEqualTo(true);
    browser.switchTo().activeElement().sendKeys("/");
    assertThat(script("document.activeElement.id")).isEqualTo("q");
    browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    body.sendKeys("?");
    assertThat(script("document.getElementById('help').open")).isEqualTo(true);
  }

  @Test
  void aLinkToAFindingUnfoldsIt() {
    var card = browser.findElement(By.cssSelector(".card.info"));
    assertThat(card.getDomAttribute("open")).isNull();
    browser.get(address + "#" + card.getDomAttribute("id"));
    until("document.querySelector('.card.info').open");
  }

  /// Sections are laid out only as they come near; those at the end cannot come to the top.
  @ParameterizedTest
  @ValueSource(strings = {"timeline", "data-plane", "dns", "logs", "coverage"})
  void aLinkToASectionLeadsThere(String section) {
    var isThere =
        """
        (() => {
          const top = document.getElementById("%s").getBoundingClientRect().top;
          const page = document.documentElement;
          return Math.abs(top) < 80 || (top > 0 && page.scrollTop + innerHeight >= page.scrollHeight - 2);
        })()
        """
            .formatted(section);
    browser.get("about:blank");
    browser.get(address + "#" + section);
    until(isThere);
    browser.get("about:blank");
    browser.get(address);
    click(browser.findElement(By.cssSelector("nav a[href='#" + section + "']")));
    until(isThere);
  }

  @Test
  void aColumnSortsByItsHead() {
    var first = By.cssSelector("#pods-table tbody tr:first-child td:nth-child(5)");
    var restarts = browser.findElement(By.cssSelector("#pods-table th:nth-child(5) button"));
    click(restarts);
    click(restarts);
    assertThat(browser.findElement(first).getText()).isEqualTo("14");
  }

  @Test
  void withoutScriptsEveryFindingIsThere() {
    Chromium.withoutScripts(browser, true);
    browser.get("about:blank");
    browser.get(address);
    var text = browser.findElement(By.tagName("main")).getDomProperty("textContent");
    assertThat(text).isNotNull();
    for (var finding : diagnosis.findings()) {
      assertThat(text).contains(finding.message());
    }
    assertThat(browser.findElement(By.className("filter")).isDisplayed()).isFalse();
  }

  @Test
  void nothingRunsOffANarrowScreen() {
    Chromium.resize(browser, 400, 800);
    assertThat((Number) script("document.documentElement.scrollWidth"))
        .as("width of the page on a screen of 400 pixels")
        .extracting(Number::intValue)
        .satisfies(width -> assertThat(width).isLessThanOrEqualTo(400));
  }

  @Test
  void itFollowsTheSystemsPalette() {
    var background = "getComputedStyle(document.body).backgroundColor";
    var light = script(background);
    Chromium.prefer(browser, "dark");
    assertThat(script(background)).isNotEqualTo(light);
  }

  @Test
  void axeFindsNothingInEitherPalette() throws IOException {
    try (var axe = getClass().getResourceAsStream("/axe.min.js")) {
      assertThat(axe).as("axe-core on the class path").isNotNull();
      var source = new String(axe.readAllBytes(), StandardCharsets.UTF_8);
      for (var palette : List.of("light", "dark")) {
        Chromium.prefer(browser, palette);
        browser.executeScript(source);
        assertThat(browser.executeAsyncScript(AXE)).as("violations, " + palette).isEqualTo("");
      }
    }
  }

  private static final String AXE =
      """
      const done = arguments[0];
      axe.run(document, {resultTypes: ['violations']}).then((result) => done(
          result.violations.map((v) => v.id + ': ' + v.help + '\\n'
              + v.nodes.slice(0, 5).map((n) => '  ' + n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join('\\n'))
          .join('\\n')), (error) => done(String(error)));
      """;

  @Test
  void aLongTableIsUnpackedInWindowsNarrowedAndSorted() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (var i = 0; i < 3_000; i++) {
      findings.add(
          SampleMesh.finding(
              "port-name",
              "IST0118",
              Severity.INFO,
              "Ports",
              "port <b>" + i + "</b>",
              SampleMesh.id("Service", "ns-" + i % 3, "svc-" + i),
              List.of(),
              "## Fix"));
    }
    var page = Files.createTempFile("bug-report-long", ".html");
    page.toFile().deleteOnExit();
    try (var snapshot = SampleMesh.snapshot(Files.createTempDirectory("bug-report-long"))) {
      Files.writeString(
          page,
          SampleMesh.html(
              snapshot,
              new Diagnosis(List.of(new Conclusion.Found("port-name", findings, List.of())))));
    }
    browser.get(page.toUri().toString());
    script("document.querySelector('.card').open = true");
    var rows = "document.querySelectorAll('.objects tbody tr').length";
    assertThat(script(rows)).isEqualTo(500L);
    var pager = browser.findElement(By.cssSelector(".objects .pager"));
    assertThat(pager.getText()).isEqualTo("Show all 3,000 rows");
    click(pager.findElement(By.tagName("button")));
    until(rows + " === 200");
    assertThat(pager.getText()).contains("1–200 of 3,000 rows");
    browser.findElement(By.cssSelector(".objects .row-filter")).sendKeys("svc-2999");
    until(rows + " === 1");
    assertThat(browser.findElement(By.cssSelector(".objects tbody")).getText())
        .contains("port <b>2999</b>");
    assertThat((String) script("location.hash")).contains("svc-2999");
    browser
        .findElement(By.cssSelector(".objects .row-filter"))
        .sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
    until(rows + " === 200");
    browser.findElement(By.cssSelector("#namespace option:nth-child(2)")).click();
    until("document.querySelector('.objects .pager').textContent.includes('of 1,000 rows')");
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void paperShowsWhatIsFolded() {
    script("(() => { dispatchEvent(new Event('beforeprint')); return true; })()");
    assertThat(script("document.querySelectorAll('main details:not([open])').length"))
        .isEqualTo(0L);
    script("(() => { dispatchEvent(new Event('afterprint')); return true; })()");
    assertThat((Long) script("document.querySelectorAll('main details:not([open])').length"))
        .isPositive();
  }
}
