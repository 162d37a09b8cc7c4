// Compares one picture, for example the photograph of an ID card, with the face of a user.
//
// body    exactly one picture; it is not checked for liveness
// params  user_id
// returns {"score"}, from 0 to 1; which score is enough is for the caller to decide
async (api, body, params) => {
  const {user_id} = params;

  // 404 unless the user exists, has a face, and may be seen by this device.
  await api.get('/v3/faces/access', null, {purpose: 'verification', user_id});

  const {embedding} = await api.post('/v3/models/face_analysis', body, {checks: 'verification'});

  return api.post('/v3/faces/verify', {
    user_id,
    embedding: {revision: embedding.revision, vector: embedding.vector},
  });
}
