// Recognises the person in front of the camera.
//
// body    the frames, in order; more frames make the answer surer
// params  limit, threshold, gallery (optional)
// returns {"users": [{"uuid", "score"}, ...]}, the best match first; empty when nobody matches
async (api, body, params) => {
  const {limit, threshold, gallery} = params;

  // Fails early when the parameters are wrong, before any picture is looked at.
  await api.get('/v3/faces/access', null, {purpose: 'identification', limit, threshold, gallery});

  // Finds the face and checks framing, quality and liveness. A failed check ends the pipeline with its code,
  // for example MOVE_LEFT: the app tells the person what to do and sends new frames.
  const {embedding} = await api.post('/v3/models/face_analysis', body, {checks: 'identification'});

  return api.post('/v3/faces/search', {
    embedding: {revision: embedding.revision, vector: embedding.vector},
    limit, threshold, gallery,
  });
}
