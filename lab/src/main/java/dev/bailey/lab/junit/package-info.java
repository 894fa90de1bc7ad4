/** The lab in JUnit tests: an extension that gives each test a lab and sees that the test leaves nothing behind. */
@NullMarked
package dev.bailey.lab.junit;

import org.jspecify.annotations.NullMarked;
