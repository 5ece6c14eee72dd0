/// Discovery, and every object of every kind that can be listed.
@NullMarked
package io.bugreport.collector.resources;

import org.jspecify.annotations.NullMarked;
