package io.bugreport.collector.redaction.rules;

import io.bugreport.model.resource.Node;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a file, each with its line.
final class Problems {
  private final String path;
  private final List<String> all = new ArrayList<>();

  Problems(String path) {
    this.path = path;
  }

  void add(Node where, String what) {
    add(where.line(), what);
  }

  void add(int line, String what) {
    all.add(path + ":" + line + ": " + what);
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
