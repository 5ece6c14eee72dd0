package io.bugreport.app.serve.api;

/// A kind by its place in URLs.
///
/// @param group empty for the core group
record ObjectType(String group, String plural) implements Comparable<ObjectType> {
  @Override
  public int compareTo(ObjectType other) {
    var byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : plural.compareTo(other.plural);
  }
}
