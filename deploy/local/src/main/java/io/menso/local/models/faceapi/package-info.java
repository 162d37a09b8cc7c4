/// The networks of face-api (https://github.com/vladmandic/face-api), which come as weights of TensorFlow.js.
@NullMarked
package io.menso.local.models.faceapi;

import org.jspecify.annotations.NullMarked;
