/// What every Menso service says the same way over HTTP: errors, request ids, callers, pages.
@NullMarked
package io.menso.commons.web;

import org.jspecify.annotations.NullMarked;
