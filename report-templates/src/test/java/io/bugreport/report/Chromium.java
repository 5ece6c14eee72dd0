package io.bugreport.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A headless Chromium of this machine.
final class Chromium {
  private Chromium() {}

  /// Whether this machine has a browser and its driver.
  static boolean isHere() {
    return find("chromium", "chromium-browser", "google-chrome").isPresent()
        && find("chromedriver").isPresent();
  }

  private static Optional<Path> find(String... names) {
    var folders = System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1);
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static ChromeDriver start() {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(find("chromium", "chromium-browser", "google-chrome").orElseThrow().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-prefers-reduced-motion",
            "--user-data-dir=" + freshProfile()));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }

  private static Path freshProfile() {
    try {
      return Files.createTempDirectory("bug-report-chromium");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives the page a window of this size, in CSS pixels.
  static void resize(ChromeDriver browser, int width, int height) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /// Says which palette the reader's system prefers: `light` or `dark`.
  static void prefer(ChromeDriver browser, String palette) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", palette))));
  }

  /// Turns the page's scripts off; what the driver asks still runs.
  static void withoutScripts(ChromeDriver browser, boolean off) {
    browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", off));
  }
}
