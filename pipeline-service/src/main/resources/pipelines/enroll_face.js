// Stores the face of a user, after all checks: framing, quality, one person in all frames, liveness.
//
// body    the frames, in order
// params  user_id
// returns {"created", "updated"}
async (api, body, params) => {
  const {user_id} = params;

  // 404 unless the user exists and may be enrolled by this device.
  await api.get('/v3/faces/access', null, {purpose: 'enrollment', user_id});

  const {embedding} = await api.post('/v3/models/face_analysis', body, {checks: 'enrollment'});

  return api.put('/v3/faces', {
    user_id,
    embedding: {revision: embedding.revision, vector: embedding.vector},
  });
}
